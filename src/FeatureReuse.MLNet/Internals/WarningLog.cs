using System.Runtime.CompilerServices;

namespace FeatureReuse;

/// <summary>Writes warnings about the machine, such as wrong convolutions, once to the log of each MLContext in use.</summary>
internal static class WarningLog
{
    private static readonly ConditionalWeakTable<IHostEnvironment, object> Environments = [];
    private static readonly Lock Gate = new();
    private static readonly List<string> Messages = [.. RuntimeWarnings.Listen(WriteToAll)];

    /// <summary>Writes the warnings so far, and those to come, to the log of an environment.</summary>
    public static void Connect(IHostEnvironment environment)
    {
        lock (Gate)
        {
            if (Environments.TryAdd(environment, Messages))
                Messages.ForEach(message => Write(environment, message));
        }
    }

    /// <summary>Connects the environment of a context's catalogs, and returns it.</summary>
    public static IHostEnvironment Connect(RegressionCatalog.RegressionTrainers trainers)
    {
        IHostEnvironment environment = MLNetInternals.EnvironmentOf(trainers);
        Connect(environment);
        return environment;
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
