using System.Diagnostics;

namespace FeatureReuse;

/// <summary>Runs a program of this repository as its users do.</summary>
/// <param name="name">The project's name.</param>
/// <param name="threads">With which libtorch computes; more wait for one another in vain where programs run side by side.</param>
internal sealed class OtherProgram(string name, int threads = 1)
{
    /// <summary>The exit code of env where it fails itself.</summary>
    private const int EnvFailed = 125;

    /// <summary>Beside this program, in the same configuration.</summary>
    private readonly string _path = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", name, new DirectoryInfo(AppContext.BaseDirectory).Name, name + ".dll"));

    public Result Run(params string[] arguments)
    {
        using Process process = Start(arguments);
        return Finish(process);
    }

    /// <summary>Whether a program has written as many lines to a file. Looks without a lock, which would keep the program from writing, or be refused while it does.</summary>
    public static bool HasLines(string path, int count)
    {
        if (!File.Exists(path))
            return false;
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return file.ReadToEnd().Count(character => character == '\n') >= count;
    }

    /// <summary>Runs until the condition holds, then sends Ctrl+C's signal.</summary>
    public Result Interrupt(Func<bool> condition, params string[] arguments)
    {
        // Jobs that a shell without job control starts in the background ignore that signal, and so do their children.
        using Process process = Start("env", ["--default-signal=INT", "dotnet", _path, .. arguments]);
        var watch = Stopwatch.StartNew();
        while (!process.HasExited && !condition() && watch.Elapsed < TimeSpan.FromMinutes(2))
            Thread.Sleep(20);
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            kill.WaitForExit();
        using var limit = new Timer(_ => process.Kill(), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        Result result = Finish(process);
        return result.ExitCode != EnvFailed ? result
            : throw new InvalidOperationException($"env could not start the program so that it hears Ctrl+C; it must be that of coreutils 8.31 or later. It says: {result.Errors.Trim()}");
    }

    /// <summary>Runs for a while, then kills it as the system does that runs out of memory.</summary>
    /// <returns>Whether it was killed; false where it had ended before.</returns>
    public bool KillAfter(TimeSpan time, params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        bool ended = process.WaitForExit(time);
        process.Kill();
        process.WaitForExit();
        return !ended || process.ExitCode == 0 ? !ended : throw new InvalidOperationException($"{output.Result}{errors.Result}");
    }

    /// <summary>Starts a program that runs until it is disposed.</summary>
    public IDisposable StartServer(params string[] arguments)
    {
        Process process = Start(arguments);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new Running(process);
    }

    private sealed class Running(Process process) : IDisposable
    {
        public void Dispose()
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }

    private Process Start(string[] arguments) => Start("dotnet", [_path, .. arguments]);

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = $"{threads}";
        return Process.Start(start)!;
    }

    private static Result Finish(Process process)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, errors.Result);
    }

    public sealed record Result(int ExitCode, string Output, string Errors);
}
