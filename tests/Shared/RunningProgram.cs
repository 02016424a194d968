using System.Diagnostics;
using System.Text;

namespace FeatureReuse;

/// <summary>Starts a program and collects what it prints; kills it when disposed.</summary>
internal sealed class RunningProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    public RunningProgram(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public static ProgramResult Run(string program, params string[] arguments)
    {
        using var running = new RunningProgram(program, arguments);
        return running.Finish();
    }

    /// <summary>Waits until a condition on the output so far holds.</summary>
    /// <returns>True if it holds; false if the program ended before.</returns>
    public bool WaitUntil(Func<string, bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition(TextOf(_output)))
        {
            if (_process.HasExited)
                return false;
            if (watch.Elapsed > Patience)
                throw new TimeoutException($"The program did not come that far within {Patience}: {TextOf(_output)}{TextOf(_errors)}");
            Thread.Sleep(20);
        }
        return true;
    }

    /// <summary>Waits for the end, and kills the program if it does not end within a time.</summary>
    public ProgramResult Finish(TimeSpan? limit = null)
    {
        if (!_process.WaitForExit(limit ?? Timeout.InfiniteTimeSpan))
            _process.Kill();
        _process.WaitForExit();
        return new(_process.ExitCode, TextOf(_output), TextOf(_errors));
    }

    public ProgramResult Kill() => Finish(TimeSpan.Zero);

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
            text.Append(line is null ? "" : line + "\n");
    }

    private static string TextOf(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
