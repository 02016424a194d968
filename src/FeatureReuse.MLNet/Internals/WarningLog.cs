using System.Runtime.CompilerServices;

namespace FeatureReuse;

/// <summary>
/// Writes warnings about the machine, such as wrong convolutions, to the log of each MLContext that uses the library, once to each.
/// </summary>
internal static class WarningLog
{
    private static readonly ConditionalWeakTable<IHostEnvironment, object> Environments = [];
    private static readonly Lock Gate = new();
    private static readonly List<string> Messages = [.. RuntimeWarnings.Listen(WriteToAll)];

    /// <summary>Writes the warnings so far, and those to come, to the log of an environment.</summary>
    public static void Connect(IHostEnvironment environment)
    {
        // A context and its catalogs write to the same log.
        if (environment is MLContext context)
            environment = MLNetInternals.EnvironmentOf(context.Regression.Trainers);
        lock (Gate)
        {
            if (Environments.TryAdd(environment, Messages))
                Messages.ForEach(message => Write(environment, message));
        }
    }

    private static void WriteToAll(string message)
    {
        lock (Gate)
        {
            Messages.Add(message);
            foreach ((IHostEnvironment environment, _) in Environments)
                Write(environment, message);
        }
    }

    private static void Write(IHostEnvironment environment, string message)
    {
        using IChannel channel = environment.Register("FeatureReuse").Start("Runtime");
        channel.Warning(MessageSensitivity.None, "{0}", message);
    }
}
