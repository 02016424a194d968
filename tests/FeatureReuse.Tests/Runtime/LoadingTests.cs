using TorchSharp;

namespace FeatureReuse.Tests.Runtime;

/// <summary>Loading libtorch, also where something is missing or in the way: in copies of this program.</summary>
[TestClass]
public sealed class LoadingTests
{
    private const string DebiansLibtorch = "/usr/lib/x86_64-linux-gnu/libtorch_cpu.so.1.13";

    private static readonly string Version = typeof(torch).Assembly.GetName().Version!.ToString(3);

    /// <summary>Run by the other tests.</summary>
    [TestMethod]
    public void The_processor_is_there()
    {
        Assert.AreEqual(DeviceType.CPU, ComputeDevice.Cpu.Resolve().type);
        using torch.Tensor numbers = torch.ones(3);
        using torch.Tensor sum = numbers.sum();
        Assert.AreEqual(3, sum.item<float>());
    }

    [TestMethod]
    public void Native_libraries_beside_the_program_are_found()
    {
        using var copy = new ProgramCopy(_ => true);
        StringAssert.Contains(copy.Run(nameof(The_processor_is_there)), "succeeded: 1");
    }

    [TestMethod]
    public void A_program_without_native_libraries_is_told_to_start_from_its_output()
        => AssertExplained(_ => false, "LibTorchSharp, is in none of the folders",
            "Start the program from its build or publish output");

    [TestMethod]
    public void A_missing_libtorch_is_an_error_that_names_the_package()
        => AssertExplained(file => file.StartsWith("libLibTorchSharp", StringComparison.Ordinal),
            "libtorch_cpu is in none of the folders, or libc10 or libtorch is",
            $"Reference TorchSharp-cpu (or TorchSharp-cuda-linux) of exactly the version of TorchSharp ({Version})");

    [TestMethod]
    public void A_damaged_installation_is_an_error_that_passes_on_what_the_loader_says()
        => AssertExplained(file => !file.StartsWith("libgomp", StringComparison.Ordinal)
            && !file.StartsWith("libtorch_python", StringComparison.Ordinal), "needs is missing or too old", "libgomp");

    [TestMethod]
    public void A_libtorch_of_another_version_is_refused_before_it_is_called()
    {
        RequireDebiansLibtorch();
        using var copy = new ProgramCopy(file => file != "libtorch_cpu.so");
        copy.Link("libtorch_cpu.so", DebiansLibtorch);
        string output = copy.Run(nameof(The_processor_is_there));
        StringAssert.Contains(output, $"libtorch 1.13.0 was found, and TorchSharp {Version} needs libtorch {NativeTorch.ExpectedVersion}.");
        StringAssert.Contains(output, $"Reference TorchSharp-cpu (or TorchSharp-cuda-linux) of version {Version}");
    }

    [TestMethod]
    public void A_libtorch_that_the_process_holds_already_is_in_the_way()
    {
        RequireDebiansLibtorch();
        using var copy = new ProgramCopy(_ => true);
        string output = copy.Run(nameof(The_processor_is_there), ("LD_PRELOAD", DebiansLibtorch));
        StringAssert.Contains(output, "Another libtorch is in the way");
        StringAssert.Contains(output, DebiansLibtorch);
        StringAssert.Contains(output, "LD_PRELOAD");
    }

    [TestMethod]
    public void A_libtorch_in_the_search_path_of_the_system_is_not_taken()
    {
        RequireDebiansLibtorch();
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "libtorch_cpu.so", "libtorch.so", "libc10.so" })
            File.CreateSymbolicLink(folder.PathOf(name), $"{Path.GetDirectoryName(DebiansLibtorch)}/{name}.1.13");
        using var copy = new ProgramCopy(_ => true);
        StringAssert.Contains(copy.Run(nameof(The_processor_is_there), ("LD_LIBRARY_PATH", folder.Path)), "succeeded: 1");
    }

    [TestMethod]
    public void Without_a_folder_for_temporary_files_it_loads_all_the_same()
    {
        using var copy = new ProgramCopy(_ => true);
        StringAssert.Contains(copy.Run(nameof(The_processor_is_there), ("TMPDIR", "/proc/nowhere")), "succeeded: 1");
    }

    [TestMethod]
    public void The_version_is_made_weak_and_nothing_else_is_touched()
    {
        byte[] original = File.ReadAllBytes(NativeTorch.Find("libLibTorchSharp.so")!);
        byte[] image = [.. original];
        WeakVersion.MakeWeak(image);
        int[] changed = [.. Enumerable.Range(0, image.Length).Where(i => image[i] != original[i])];
        Assert.HasCount(1, changed);
        Assert.AreEqual(2, image[changed[0]] - original[changed[0]]);
        WeakVersion.MakeWeak(image);
        Assert.AreEqual(2, image[changed[0]] - original[changed[0]], "once more changes nothing");
    }

    [TestMethod]
    public void Damaged_libraries_are_refused_and_not_read_beyond_their_end()
    {
        byte[] original = File.ReadAllBytes(NativeTorch.Find("libLibTorchSharp.so")!);
        Assert.ThrowsExactly<BadImageFormatException>(() => WeakVersion.MakeWeak([]));
        Assert.ThrowsExactly<BadImageFormatException>(() => WeakVersion.MakeWeak(new byte[100]));
        Assert.ThrowsExactly<BadImageFormatException>(() => WeakVersion.MakeWeak(original.AsSpan(0, 1000)));
        var random = new Random(1);
        for (int trial = 0; trial < 300; trial++)
        {
            byte[] image = [.. original.AsSpan(0, 200_000), .. original.AsSpan(original.Length - 4096)];
            // What leads to the table: the header, which is kept, and where it says that the sections lie.
            BitConverter.TryWriteBytes(image.AsSpan(0x28), 200_000L);
            random.NextBytes(image.AsSpan(200_000));
            try
            {
                WeakVersion.MakeWeak(image);
            }
            catch (BadImageFormatException)
            {
            }
        }
    }

    private static void AssertExplained(Func<string, bool> keepsNative, params string[] expected)
    {
        using var copy = new ProgramCopy(keepsNative);
        string output = copy.Run(nameof(The_processor_is_there));
        StringAssert.Contains(output, "libtorch could not be loaded.");
        foreach (string part in expected)
            StringAssert.Contains(output, part);
    }

    private static void RequireDebiansLibtorch()
    {
        if (!File.Exists(DebiansLibtorch))
        {
            Assert.Inconclusive($"Skipped: {DebiansLibtorch}, another libtorch than TorchSharp's, does not exist. "
                + "Debian's package is python3-torch.");
        }
    }
}
