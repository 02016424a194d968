namespace FeatureReuse;

/// <summary>Shares each step of a run among threads. They wait without sleeping, because a step takes microseconds.</summary>
internal sealed class WorkerTeam : IDisposable
{
    /// <summary>The distance between losses, so that each has a cache line of its own.</summary>
    private const int LossStride = 8;

    private readonly Func<int, double> _work;
    private readonly double[] _losses;
    private readonly Barrier? _barrier;
    private volatile bool _isOver;

    /// <summary>Creates a team of a given size, the calling thread included, or of as many members as a step keeps busy.</summary>
    public WorkerTeam(int? size, long busyMembers, Func<int, double> work)
    {
        Size = size ?? (int)Math.Clamp(busyMembers, 1, Environment.ProcessorCount);
        (_work, _losses, _barrier) = (work, new double[Size * LossStride], Size == 1 ? null : new Barrier(Size));
        foreach (int member in Enumerable.Range(1, Size - 1))
            new Thread(() => Serve(member)) { IsBackground = true, Name = "FeatureReuse gradient step" }.Start();
    }

    public int Size { get; }

    /// <summary>Runs one step; returns a total with each member's loss added, in the order of members.</summary>
    public double Step(double total)
    {
        _barrier?.SignalAndWait();
        _losses[0] = _work(0);
        _barrier?.SignalAndWait();
        for (int member = 0; member < Size; member++)
            total += _losses[member * LossStride];
        return total;
    }

    public void Dispose()
    {
        _isOver = true;
        _barrier?.SignalAndWait();
    }

    /// <summary>Gets the part of a range that a member works on.</summary>
    public (int From, int To) ShareOf(int count, int member)
        => ((int)((long)count * member / Size), (int)((long)count * (member + 1) / Size));

    private void Serve(int member)
    {
        for (_barrier!.SignalAndWait(); !_isOver; _barrier.SignalAndWait())
        {
            _losses[member * LossStride] = _work(member);
            _barrier.SignalAndWait();
        }
    }
}
