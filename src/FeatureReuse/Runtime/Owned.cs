namespace FeatureReuse;

/// <summary>Completes objects that own native memory.</summary>
internal static class Owned
{
    /// <summary>Runs the last steps of making an object; disposes it if they fail.</summary>
    public static T Complete<T>(IDisposable owned, Func<T> steps)
    {
        try
        {
            return steps();
        }
        catch
        {
            owned.Dispose();
            throw;
        }
    }
}
