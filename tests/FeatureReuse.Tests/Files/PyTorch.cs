namespace FeatureReuse.Tests.Files;

/// <summary>Runs PyTorch scripts. Without PyTorch the test is skipped, and says what to install.</summary>
internal static class PyTorch
{
    private const string Python = "/usr/bin/python3";

    public static void RunScript(string script, params string[] arguments)
    {
        if (!File.Exists(Python) || RunningProgram.Run(Python, "-c", "import torch").ExitCode != 0)
            Assert.Inconclusive($"Skipped: {Python} has no torch. Debian's package is python3-torch.");
        RunningProgram.Run(Python, [script, .. arguments]).RequireSuccess();
    }
}
