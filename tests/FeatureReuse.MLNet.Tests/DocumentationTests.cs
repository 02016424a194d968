using System.Reflection;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FeatureReuse.MLNet.Tests;

/// <summary>The examples in the API documentation are code that compiles.</summary>
[TestClass]
public sealed class DocumentationTests
{
    /// <summary>Declares what the examples may use without declaring it.</summary>
    private const string Template = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using FeatureReuse;
        using Microsoft.ML;
        using Microsoft.ML.Data;
        using static TorchSharp.torch;

        static class Example
        {
            static readonly MLContext ml = new();
            static readonly IDataView rows = null!, auxiliary = null!, main = null!, test = null!, heldOut = null!, newRows = null!;
            static readonly NetworkTransformer pretrained = null!, model = null!;
            static readonly ImageStore images = null!;
            static readonly NetworkArchitecture network = null!;

            static void Run()
            {
        #line 1 "{0}"
        {1}
            }
        }
        """;

    [TestMethod]
    public void All_examples_compile()
    {
        (string Member, string Code)[] examples = [.. ExamplesOf("FeatureReuse"), .. ExamplesOf("FeatureReuse.MLNet")];
        Assert.IsGreaterThan(20, examples.Length, "examples in the documentation of both libraries");
        MetadataReference[] references = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(File.Exists).Select(path => MetadataReference.CreateFromFile(path))];
        List<string> failures = [];
        foreach ((string member, string code) in examples)
        {
            string source = Template.Replace("{0}", member, StringComparison.Ordinal).Replace("{1}", code, StringComparison.Ordinal);
            var compilation = CSharpCompilation.Create("Example",
                [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview))], references,
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
            failures.AddRange(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(diagnostic => diagnostic.ToString()));
        }
        Assert.IsEmpty(failures, string.Join('\n', failures));
    }

    /// <summary>Every method of <see cref="FeatureReuseCatalog"/> has an example.</summary>
    [TestMethod]
    public void Every_member_of_the_catalog_has_an_example()
    {
        string[] documented = [.. ExamplesOf("FeatureReuse.MLNet").Select(example => example.Member)];
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (MethodInfo method in typeof(FeatureReuseCatalog).GetMethods(Own).Where(method => !method.IsSpecialName))
        {
            Assert.IsTrue(documented.Any(member => member.StartsWith($"M:FeatureReuse.FeatureReuseCatalog.{method.Name}(",
                StringComparison.Ordinal)), $"{method.Name} has no example");
        }
    }

    private static IEnumerable<(string Member, string Code)> ExamplesOf(string assembly)
        => from member in XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{assembly}.xml")).Descendants("member")
           from code in member.Descendants("example").Descendants("code")
           select (member.Attribute("name")!.Value, code.Value);
}
