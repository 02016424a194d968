using System.CommandLine;
using System.CommandLine.Invocation;
using Spectre.Console;

namespace FeatureReuse.Samples;

/// <summary>What every sample's command line does: Ctrl+C reaches the run, and what the user can mend is told in one line.</summary>
internal static class Cli
{
    public static Task<int> InvokeAsync(RootCommand root, string[] args)
    {
        if (Console.IsOutputRedirected)
        {
            // A file or a pipe gets text without escape codes, and has room.
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Width = 160;
        }
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
    }

    /// <summary>Runs the action on another thread, so that Ctrl+C is heard meanwhile.</summary>
    public static void SetRun(this Command command, Func<ParseResult, CancellationToken, int> run)
        => command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            try
            {
                return run(parsed, cancellation);
            }
            catch (Exception failure) when (failure is ArgumentException or FormatException or IOException or InvalidDataException or InvalidOperationException or UnauthorizedAccessException)
            {
                // Without what .NET adds about its own parameter.
                Console.Error.WriteLine(failure.Message.Split(" (Parameter '")[0]);
                return 1;
            }
        }, CancellationToken.None));
}
