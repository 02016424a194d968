using System.CommandLine;
using System.CommandLine.Invocation;
using Spectre.Console;

namespace Papers.Running;

/// <summary>Runs commands: Ctrl+C cancels the run, and an error that the user can correct is printed in one line.</summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int Canceled = 130;

    public static Task<int> InvokeAsync(RootCommand root, string[] args)
    {
        if (Console.IsOutputRedirected)
        {
            // A file or a pipe gets wide lines without escape codes.
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Width = 160;
        }
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
    }

    /// <summary>Runs the action on another thread, so that Ctrl+C is noticed meanwhile.</summary>
    public static void SetRun(this Command command, Action<ParseResult, CancellationToken> run)
        => command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            try
            {
                run(parsed, cancellation);
                return 0;
            }
            catch (OperationCanceledException canceled)
            {
                Console.WriteLine(canceled.Message);
                return Canceled;
            }
            catch (Exception failure) when (failure is ArgumentException or FormatException or IOException or InvalidDataException
                or InvalidOperationException or UnauthorizedAccessException)
            {
                // Without the parameter's name, which .NET appends.
                Console.Error.WriteLine(failure.Message.Split(" (Parameter '")[0]);
                return Failed;
            }
        }, CancellationToken.None));

    public static int InRange(this ParseResult parsed, Option<int> option, int minimum, int maximum)
        => parsed.GetValue(option) is var value && value >= minimum && value <= maximum ? value
            : throw new ArgumentException($"{option.Name} is {value}; it must lie between {minimum} and {maximum}.");
}
