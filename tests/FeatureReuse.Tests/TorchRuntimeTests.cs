using System.Diagnostics;

namespace FeatureReuse.Tests;

[TestClass]
public sealed class TorchRuntimeTests
{
    /// <summary>Run by the other test in a copy of this program that lacks the native side.</summary>
    [TestMethod]
    public void The_processor_is_there() => Assert.AreEqual(TorchSharp.DeviceType.CPU, ComputeDevice.Cpu.Resolve().type);

    [TestMethod]
    public async Task A_missing_libtorch_is_an_error_that_names_the_package()
    {
        string copy = Directory.CreateTempSubdirectory("featurereuse-").FullName;
        try
        {
            // Without the list of dependencies the host takes what it finds.
            foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory).Where(file => !file.EndsWith(".so", StringComparison.Ordinal) && !file.EndsWith(".deps.json", StringComparison.Ordinal)))
            {
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            }
            string program = typeof(TorchRuntimeTests).Assembly.GetName().Name + ".dll";
            var start = new ProcessStartInfo("dotnet", [Path.Combine(copy, program), "--filter", nameof(The_processor_is_there)]) { RedirectStandardOutput = true };
            using Process child = Process.Start(start)!;
            string output = await child.StandardOutput.ReadToEndAsync();
            await child.WaitForExitAsync();
            string version = typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3);
            StringAssert.Contains(output, $"libtorch could not be loaded. Reference TorchSharp-cpu or TorchSharp-cuda-linux of exactly the version of TorchSharp ({version})");
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }
}
