namespace FeatureReuse;

/// <summary>Draws the same numbers from the same seed on every device, operating system and version (SplitMix64).</summary>
internal sealed class SeededRandom(long seed, RandomStream stream = RandomStream.ClassSplit)
{
    private ulong _state = Mix((ulong)seed ^ Mix((ulong)stream + 0x9E3779B97F4A7C15));

    /// <summary>Creates the generator of one row of a data set, so that rows can be drawn in any order.</summary>
    public static SeededRandom ForRow(long row, int seed) => new(row, (RandomStream)seed);

    public ulong NextUInt64() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>Draws a uniform integer below a bound, without bias.</summary>
    public int Next(int bound)
    {
        ulong range = (ulong)bound;
        ulong rejected = (0 - range) % range;
        ulong drawn = NextUInt64();
        while (drawn < rejected)
            drawn = NextUInt64();
        return (int)(drawn % range);
    }

    /// <summary>A uniform number from <paramref name="minimum"/> up to <paramref name="maximum"/>.</summary>
    public float Between(float minimum, float maximum) => minimum + (NextUInt64() >> 40) * (1f / (1 << 24)) * (maximum - minimum);

    /// <summary>A standard normal number (Box and Muller).</summary>
    public double Normal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(((NextUInt64() >> 11) + 1) * (1.0 / (1L << 53))));
        return radius * Math.Cos(2 * Math.PI * ((NextUInt64() >> 11) * (1.0 / (1L << 53))));
    }

    /// <summary>Permutes in place (Fisher-Yates).</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (int last = values.Length - 1; last > 0; last--)
        {
            int other = Next(last + 1);
            (values[last], values[other]) = (values[other], values[last]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
