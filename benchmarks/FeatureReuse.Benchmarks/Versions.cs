namespace FeatureReuse.Benchmarks;

/// <summary>The line above each table: what was measured, and where.</summary>
internal static class Versions
{
    private static readonly Dictionary<string, string> Report = RuntimeReport.Items().ToDictionary();

    /// <summary>Gets the threads that every contender computes with.</summary>
    public static int Threads => int.Parse(Report["threads"], System.Globalization.CultureInfo.InvariantCulture);

    /// <param name="pytorch">The version of PyTorch, if it is a peer.</param>
    public static string Line(string? pytorch = null)
        => $"FeatureReuse {Report["FeatureReuse"]}, TorchSharp {Report["TorchSharp"]}, libtorch {Report["libtorch"]}"
            + $"{(pytorch is null ? "" : $", PyTorch {pytorch}")}; {Report["processor"]}, {Report["instruction set"]}, {Threads} threads";
}
