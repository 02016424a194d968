using System.Diagnostics;
using System.Globalization;

namespace FeatureReuse.Benchmarks.Peers;

/// <summary>A process that answers each line with the seconds that something took.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    private PeerProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.Environment["OMP_NUM_THREADS"] = $"{Versions.Threads}";
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} could not be started.");
        if (_process.StandardOutput.ReadLine()?.Split(' ') is not ["ready", var version, var threads])
            throw new InvalidOperationException($"{start.FileName} ended before it was ready: {string.Join(' ', start.ArgumentList)}");
        if (threads != $"{Versions.Threads}")
            throw new InvalidOperationException($"{start.FileName} computes with {threads} threads; it must be {Versions.Threads}.");
        Version = version;
    }

    /// <summary>The version of its PyTorch or libtorch.</summary>
    public string Version { get; }

    /// <summary>Starts a Python program that lies beside this one.</summary>
    public static PeerProcess Python(string python, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, script), .. arguments]);
        // They make OpenBLAS take slower code than it would choose itself.
        start.Environment.Remove("OPENBLAS_CORETYPE");
        start.Environment.Remove("OPENBLAS_L2_SIZE");
        return new(start);
    }

    /// <summary>Starts another process of this program; see <see cref="PeerProgram"/>.</summary>
    /// <param name="mkl">MKL_CBWR for it: null for what the library chooses, <see cref="MklSetting.None"/> for none.</param>
    /// <param name="arguments">The role and its arguments.</param>
    public static PeerProcess OfThisProgram(string? mkl, params string[] arguments)
    {
        string name = typeof(PeerProcess).Assembly.GetName().Name + (OperatingSystem.IsWindows() ? ".exe" : "");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, name), [PeerProgram.Command, .. arguments]);
        start.Environment.Remove(MklSetting.Variable);
        if (mkl is not null)
            start.Environment[MklSetting.Variable] = mkl;
        return new(start);
    }

    /// <summary>Starts a program in TorchSharp as one would write it without this library, which therefore leaves MKL as it is.</summary>
    public static PeerProcess Plain(params string[] arguments) => OfThisProgram(MklSetting.None, arguments);

    /// <summary>Asks for one measurement, and returns its seconds.</summary>
    public double Ask(string question)
    {
        _process.StandardInput.WriteLine(question);
        _process.StandardInput.Flush();
        string answer = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"{_process.StartInfo.FileName} ended at '{question}'.");
        return double.Parse(answer.Split(' ')[0], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
