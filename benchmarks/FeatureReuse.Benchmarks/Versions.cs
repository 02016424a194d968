namespace FeatureReuse.Benchmarks;

/// <summary>The line above each table: what was measured, and where.</summary>
internal static class Versions
{
    private static readonly RuntimeReport Report = RuntimeReport.Create();

    /// <summary>The threads that every contender computes with.</summary>
    public static int Threads => Report.Threads;

    /// <param name="pytorch">The version of the PyTorch compared with, where there is one.</param>
    public static string Line(string? pytorch = null)
        => $"FeatureReuse {Report.FeatureReuse}, TorchSharp {Report.TorchSharp}, libtorch {Report.Libtorch}"
            + $"{(pytorch is null ? "" : $", PyTorch {pytorch}")}; {Report.Processor}, {Report.InstructionSet}, {Threads} threads";
}
