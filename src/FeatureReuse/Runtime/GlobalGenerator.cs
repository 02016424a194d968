namespace FeatureReuse;

/// <summary>Seeds libtorch's generator of random numbers, of which a process has one, so that threads take turns.</summary>
internal static class GlobalGenerator
{
    private static readonly Lock Turn = new();

    /// <summary>Calls a function that draws from a seed. The numbers that a program draws afterwards do not depend on it.</summary>
    public static T WithSeed<T>(long seed, Func<T> draw)
    {
        lock (Turn)
        {
            using Tensor before = get_rng_state();
            try
            {
                Seed(seed);
                return draw();
            }
            finally
            {
                set_rng_state(before);
            }
        }
    }

    /// <summary>Sets the seed of the numbers drawn from now on.</summary>
    public static void Seed(long seed)
    {
        lock (Turn)
            manual_seed(seed).Dispose();
    }
}
