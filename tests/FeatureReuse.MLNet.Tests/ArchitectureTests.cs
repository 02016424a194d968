namespace FeatureReuse.MLNet.Tests;

/// <summary>Folders depend on each other one way.</summary>
[TestClass]
public sealed class ArchitectureTests
{
    /// <summary>Each folder may use itself and those above it in this list, and none below.</summary>
    private static readonly string[] Order =
    [
        "FeatureReuse/Runtime",
        "FeatureReuse/Storage",
        "FeatureReuse/Data",
        "FeatureReuse/Data/Datasets",
        "FeatureReuse/Shallow/Tasks",
        "FeatureReuse/Shallow/Theory",
        "FeatureReuse/Shallow/Networks",
        "FeatureReuse/Shallow/Features",
        "FeatureReuse/Shallow",
        "FeatureReuse/Networks",
        "FeatureReuse/Evaluation",
        "FeatureReuse/Signatures",
        "FeatureReuse/Training/Options",
        "FeatureReuse/Training/Optimizers",
        "FeatureReuse/Training/Checkpoints",
        "FeatureReuse/Training",
        "FeatureReuse/Transfer",
        "FeatureReuse/Files/Onnx",
        "FeatureReuse/Files",
        "FeatureReuse/Reporting",
        "FeatureReuse.MLNet/Internals",
        "FeatureReuse.MLNet/Scoring",
        "FeatureReuse.MLNet/Datasets",
        "FeatureReuse.MLNet/Shallow",
        "FeatureReuse.MLNet/Training",
        "FeatureReuse.MLNet/Files",
        "FeatureReuse.MLNet/Reporting",
        "FeatureReuse.MLNet",
    ];

    [TestMethod]
    public void Folders_use_only_those_above_them()
    {
        (string Type, string Folder)[] places = [.. PlacesIn("FeatureReuse"), .. PlacesIn("FeatureReuse.MLNet")];
        (string, string)[] references = [.. ReferencesIn("FeatureReuse"), .. ReferencesIn("FeatureReuse.MLNet")];
        string[] found = [.. Violations(references, places.ToDictionary(place => place.Type, place => place.Folder), Order)];
        Assert.IsEmpty(found, string.Join('\n', found.Prepend($"{found.Length} uses against the order of folders:")));
    }

    [TestMethod]
    public void A_use_against_the_order_is_named_with_both_types_and_folders()
    {
        Dictionary<string, string> places = new() { ["Low"] = "App/Low", ["Lower"] = "App/Low", ["High"] = "App/High" };
        (string, string)[] references = [("Low", "Lower"), ("High", "Low"), ("Low", "High"), ("Low", "Elsewhere")];
        CollectionAssert.AreEqual(new[] { "Low (App/Low) uses High (App/High)" },
            Violations(references, places, ["App/Low", "App/High"]).ToArray());
        Assert.IsEmpty(Violations(references[..2], places, ["App/Low", "App/High"]));
        Failure.Requires<InvalidOperationException>("App/High is not in the order of folders",
            () => Violations(references, places, ["App/Low"]).ToArray());
    }

    [TestMethod]
    public void Numbers_are_not_converted_to_scalars() => TemporaryScalars.RequireNone(typeof(FeatureReuseCatalog).Assembly);

    /// <summary>Uses that only a method's body, a lambda, a base type or a type argument shows.</summary>
    [TestMethod]
    [DataRow(nameof(FeatureReuseCatalog), nameof(ImageReader))]
    [DataRow(nameof(NetworkTransformer), "ClassifierFile")]
    [DataRow(nameof(ClassificationMapping), nameof(ImageMapping))]
    [DataRow(nameof(WarningLog), "RuntimeWarnings")]
    public void References_are_read_from_all_parts_of_a_type(string from, string to)
        => Assert.Contains(($"FeatureReuse.{from}", $"FeatureReuse.{to}"), TypeReferences.In(PathOf("FeatureReuse.MLNet")));

    /// <summary>Yields each use of a type whose folder comes later than that of its user.</summary>
    private static IEnumerable<string> Violations(IEnumerable<(string From, string To)> references, Dictionary<string, string> places,
        string[] order)
        => from reference in references
           where places.ContainsKey(reference.From) && places.ContainsKey(reference.To)
           let user = places[reference.From]
           let used = places[reference.To]
           where RankOf(user, order) < RankOf(used, order)
           orderby user, used, reference
           select $"{reference.From} ({user}) uses {reference.To} ({used})";

    private static int RankOf(string folder, string[] order) => Array.IndexOf(order, folder) is var rank and >= 0 ? rank
        : throw new InvalidOperationException($"{folder} is not in the order of folders at the top of this test.");

    /// <summary>The types of an assembly with the folders of the files that are named after them.</summary>
    private static IEnumerable<(string Type, string Folder)> PlacesIn(string project)
    {
        ILookup<string?, string> files = SourceFiles.Under("src", project)
            .ToLookup(Path.GetFileNameWithoutExtension,
            file => Path.GetRelativePath(Repository.PathOf("src"), Path.GetDirectoryName(file)!));
        foreach (string type in TypeReferences.DeclaredIn(PathOf(project)))
        {
            string[] folders = [.. files[type.Split('.')[^1]]];
            Assert.HasCount(1, folders, $"files named after {type}, of which there must be one; in {string.Join(", ", folders)}");
            yield return (type, folders[0].Replace(Path.DirectorySeparatorChar, '/'));
        }
    }

    private static IEnumerable<(string From, string To)> ReferencesIn(string project) => TypeReferences.In(PathOf(project));

    private static string PathOf(string project) => Path.Combine(AppContext.BaseDirectory, $"{project}.dll");
}
