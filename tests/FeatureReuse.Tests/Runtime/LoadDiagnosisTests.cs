using System.Runtime.InteropServices;

namespace FeatureReuse.Tests.Runtime;

/// <summary>Checks the messages for systems on which these tests do not run.</summary>
[TestClass]
public sealed class LoadDiagnosisTests
{
    private static readonly LoadDiagnosis Complete = new("Some Linux", Architecture.X64, IsMusl: false, ["/app"],
        "/app/libLibTorchSharp.so", "/app/libtorch_cpu.so", [], ["libfoo.so.1: cannot open shared object file"]);

    [TestMethod]
    public void On_musl_a_distribution_with_glibc_is_advised()
        => AssertSays(Complete with { IsMusl = true, Libtorch = null, Bridge = null }, "this system's C library is musl",
            "Run on a distribution with glibc", "(X64, musl)");

    [TestMethod]
    public void On_another_processor_x64_is_advised()
        => AssertSays(Complete with { Architecture = Architecture.Arm64, Bridge = null }, "no libtorch for this system's processor, Arm64",
            "Run on x64");

    [TestMethod]
    public void A_library_of_the_system_that_is_missing_is_named_as_the_loader_names_it()
        => AssertSays(Complete, "missing or too old", "glibc must be 2.34 or newer", "The loader said: libfoo.so.1",
            "Tried on Some Linux (X64) in: /app");

    [TestMethod]
    public void Another_libtorch_is_named_with_its_path()
        => AssertSays(Complete with { Mapped = ["/elsewhere/libtorch_cpu.so"] },
            "the process holds /elsewhere/libtorch_cpu.so instead of /app/libtorch_cpu.so", "LD_LIBRARY_PATH or LD_PRELOAD");

    [TestMethod]
    public void A_program_that_used_torch_too_early_is_told_what_to_call_first()
        => StringAssert.Contains(Complete.UsedTooEarly(), "Call TorchRuntime.EnsureLoaded() before the first use of torch.");

    private static void AssertSays(LoadDiagnosis diagnosis, params string[] expected)
    {
        string message = diagnosis.Explain();
        foreach (string part in expected)
            StringAssert.Contains(message, part);
    }
}
