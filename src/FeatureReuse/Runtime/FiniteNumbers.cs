namespace FeatureReuse;

/// <summary>Finds numbers that are not finite.</summary>
internal static class FiniteNumbers
{
    /// <summary>Returns the index of the first NaN or infinity; -1 if all are finite.</summary>
    public static int IndexOfNonFinite(this ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                return i;
        }
        return -1;
    }
}
