using System.Diagnostics;

namespace FeatureReuse;

/// <summary>Programs of other ecosystems that the exchange of models is tried with. Where one is missing the test is skipped, and says what to install.</summary>
internal static class Peer
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Runs a script by a Python that has PyTorch.</summary>
    public static void RunPython(string script, params string[] arguments)
    {
        if (!File.Exists(Python) || Run(Python, ["-c", "import torch"]).ExitCode != 0)
        {
            Assert.Inconclusive($"Skipped: {Python} has no torch. Debian's package is python3-torch.");
        }
        Require(Run(Python, [script, .. arguments]));
    }

    /// <summary>Runs a model in ONNX Runtime; <paramref name="shape"/> is that of one row of the input.</summary>
    public static void RunOnnx(string script, string shape, params string[] arguments)
    {
        string runtime = Environment.GetEnvironmentVariable("FEATUREREUSE_ONNXRUNTIME") is { Length: > 0 } given ? given : Repository.PathOf("artifacts", "onnxruntime", "node_modules", "onnxruntime-node");
        if (!Directory.Exists(runtime))
        {
            Assert.Inconclusive($"Skipped: {runtime} does not exist. eng/test.sh installs it where npm is there; or set FEATUREREUSE_ONNXRUNTIME to the folder of npm's onnxruntime-node.");
        }
        Require(Run("node", [script, runtime, .. arguments], ("SHAPE", shape)));
    }

    private static void Require((int ExitCode, string Text) result) => Assert.AreEqual(0, result.ExitCode, result.Text);

    private static (int ExitCode, string Text) Run(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
