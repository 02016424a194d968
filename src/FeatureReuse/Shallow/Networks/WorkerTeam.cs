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
        _work = work;
        _losses = new double[Size * LossStride];
        if (Size == 1)
            return;
        _barrier = new Barrier(Size);
        for (int member = 1; member < Size; member++)
        {
            int number = member;
            new Thread(() => Serve(number)) { IsBackground = true, Name = "FeatureReuse gradient step" }.Start();
        }
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
        while (true)
        {
            _barrier!.SignalAndWait();
            if (_isOver)
                return;
            _losses[member * LossStride] = _work(member);
            _barrier.SignalAndWait();
        }
    }
}
