using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.ML.Data;

namespace FeatureReuse.Samples.Tests;

[TestClass]
public sealed class ImageFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RepositoryProgram _sample = new("ImageFolder");

    private string Model => _folder.PathOf("model.zip");

    private string Checkpoints => _folder.PathOf("checkpoints");

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void From_class_folders_to_a_saved_pipeline_that_predicts()
    {
        string save = _folder.PathOf("out/model.zip");
        ProgramResult result = _sample.Run("--images", Images(), "--epochs", "10", "--save", save, "--checkpoints", Checkpoints)
            .RequireSuccess();
        StringAssert.Contains(result.Output, "with probability");
        foreach (string extension in new[] { ".zip", ".safetensors", ".onnx" })
            Assert.IsTrue(File.Exists(Path.ChangeExtension(save, extension)), extension);
        Assert.IsFalse(Directory.Exists(Path.Combine(Checkpoints, "finetuning")), "checkpoints outlive their run");
    }

    /// <summary>Real photographs, where they lie beside the repository.</summary>
    [TestMethod]
    public void Photographs_of_flowers_are_told_apart()
    {
        string flowers = Path.GetFullPath(Repository.PathOf("..", "shared", "flowers"));
        if (!Directory.Exists(flowers))
            Assert.Inconclusive($"Skipped: {flowers} does not exist.");
        ProgramResult result = _sample.Run("--images", flowers, "--save", Model, "--checkpoints", Checkpoints).RequireSuccess();
        string line = result.Output.Split('\n').Single(line => line.StartsWith("accuracy ", StringComparison.Ordinal));
        double accuracy = double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
        Assert.IsGreaterThan(.4, accuracy, "of five classes, chance .2");
    }

    [TestMethod]
    public void After_Ctrl_C_the_same_command_goes_on()
    {
        string images = Images();
        string[] command = ["--images", images, "--epochs", "400", "--save", Model, "--checkpoints", Checkpoints];
        ProgramResult stopped = _sample.Interrupt(output => Epochs(output).Contains(2), command);
        Assert.AreEqual(130, stopped.ExitCode, stopped.Output + stopped.Errors);
        StringAssert.Contains(stopped.Output, "run the same command again to continue");
        Assert.IsNotEmpty(Directory.GetFiles(Path.Combine(Checkpoints, "finetuning"), "checkpoint-*.safetensors"));
        ProgramResult last = _sample.Run(command).RequireSuccess();
        Assert.AreEqual(Epochs(stopped.Output)[^1] + 1, Epochs(last.Output)[0], "the epoch in which it went on");

        static int[] Epochs(string output) => [.. Regex.Matches(output, "finetuning, epoch ([0-9]+) ")
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
    }

    [TestMethod]
    public void Wrong_input_is_told_in_one_line()
    {
        string empty = Directory.CreateDirectory(_folder.PathOf("empty")).FullName;
        _sample.Run("--images", empty).RequireError("has 0 images");

        string images = Images();
        string broken = Path.Combine(images, "red", "broken.png");
        File.WriteAllText(broken, "no image");
        _sample.Run("--images", images, "--epochs", "1", "--save", Model, "--checkpoints", Checkpoints).RequireError("broken.png");
        Assert.IsFalse(File.Exists(Model));
    }

    /// <summary>Forty images in two colours, of various sizes.</summary>
    private string Images()
    {
        var random = new Random(1);
        foreach ((string name, byte red, byte blue) in new[] { ("red", (byte)200, (byte)40), ("blue", (byte)40, (byte)200) })
        {
            string folder = Directory.CreateDirectory(_folder.PathOf($"images/{name}")).FullName;
            for (int i = 0; i < 20; i++)
            {
                int width = random.Next(20, 60);
                int height = random.Next(20, 60);
                byte[] Pixel() => [(byte)(blue + random.Next(30)), (byte)random.Next(60), (byte)(red + random.Next(30)), 255];
                byte[] pixels = [.. Enumerable.Range(0, width * height).SelectMany(_ => Pixel())];
                using var image = MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, pixels);
                image.Save(Path.Combine(folder, $"{i}.png"));
            }
        }
        return _folder.PathOf("images");
    }
}
