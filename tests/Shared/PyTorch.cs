using System.Diagnostics;

namespace FeatureReuse;

/// <summary>Runs PyTorch scripts. Without PyTorch the test is skipped, and says what to install.</summary>
internal static class PyTorch
{
    private const string Python = "/usr/bin/python3";

    public static void RunScript(string script, params string[] arguments)
    {
        if (!File.Exists(Python) || Run(Python, ["-c", "import torch"]).ExitCode != 0)
            Assert.Inconclusive($"Skipped: {Python} has no torch. Debian's package is python3-torch.");
        Require(Run(Python, [script, .. arguments]));
    }

    private static void Require((int ExitCode, string Text) result) => Assert.AreEqual(0, result.ExitCode, result.Text);

    private static (int ExitCode, string Text) Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
