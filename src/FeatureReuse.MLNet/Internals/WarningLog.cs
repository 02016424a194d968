using System.Runtime.CompilerServices;
using Microsoft.ML.Runtime;

namespace FeatureReuse;

/// <summary>Writes what the library found about the machine, such as wrong convolutions, to the log of every MLContext that uses it, once to each.</summary>
internal static class WarningLog
{
    private static readonly ConditionalWeakTable<IHostEnvironment, object> Environments = [];
    private static readonly Lock Gate = new();
    private static readonly List<string> Messages = [.. RuntimeWarnings.Listen(TellAll)];

    /// <summary>Lets an environment hear of what was found and of what will be, as long as it lives.</summary>
    public static void Connect(IHostEnvironment environment)
    {
        // A context and its catalogs write to the same log.
        if (environment is MLContext context)
            environment = MLNetInternals.EnvironmentOf(context.Regression.Trainers);
        lock (Gate)
        {
            if (Environments.TryAdd(environment, Messages))
                Messages.ForEach(message => Tell(environment, message));
        }
    }

    private static void TellAll(string message)
    {
        lock (Gate)
        {
            Messages.Add(message);
            foreach ((IHostEnvironment environment, _) in Environments)
                Tell(environment, message);
        }
    }

    private static void Tell(IHostEnvironment environment, string message)
    {
        using IChannel channel = environment.Register("FeatureReuse").Start("Runtime");
        channel.Warning(MessageSensitivity.None, "{0}", message);
    }
}
