using System.Diagnostics;

namespace FeatureReuse;

/// <summary>Runs a program of this repository as its users do.</summary>
internal sealed class OtherProgram(string name)
{
    /// <summary>Beside this program, in the same configuration.</summary>
    private readonly string _path = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", name, new DirectoryInfo(AppContext.BaseDirectory).Name, name + ".dll"));

    public Result Run(params string[] arguments)
    {
        using Process process = Start(arguments);
        return Finish(process);
    }

    /// <summary>Runs until the condition holds, then sends Ctrl+C's signal.</summary>
    public Result Interrupt(Func<bool> condition, params string[] arguments)
    {
        using Process process = Start(arguments);
        var watch = Stopwatch.StartNew();
        while (!process.HasExited && !condition() && watch.Elapsed < TimeSpan.FromMinutes(2))
        {
            Thread.Sleep(20);
        }
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            kill.WaitForExit();
        }
        // A shell that starts jobs in the background has them ignore this signal.
        using var limit = new Timer(_ => process.Kill(), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        return Finish(process);
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

    private Process Start(string[] arguments)
        => Process.Start(new ProcessStartInfo("dotnet", [_path, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static Result Finish(Process process)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, errors.Result);
    }

    public sealed record Result(int ExitCode, string Output, string Errors);
}
