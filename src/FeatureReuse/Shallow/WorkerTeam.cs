namespace FeatureReuse;

/// <summary>A few threads that share out each step of a run. They wait for the next step without sleeping, since it comes within microseconds.</summary>
internal sealed class WorkerTeam : IDisposable
{
    private readonly Action<int> _work;
    private readonly Barrier? _barrier;
    private volatile bool _isOver;

    /// <param name="size">Members, the calling thread among them.</param>
    /// <param name="work">What a member does in a step, given its number.</param>
    public WorkerTeam(int size, Action<int> work)
    {
        Size = size;
        _work = work;
        if (size == 1)
            return;
        _barrier = new Barrier(size);
        for (int member = 1; member < size; member++)
        {
            int number = member;
            new Thread(() => Serve(number)) { IsBackground = true, Name = "FeatureReuse gradient step" }.Start();
        }
    }

    public int Size { get; }

    /// <summary>One step: every member does its share; returns when all have.</summary>
    public void Step()
    {
        _barrier?.SignalAndWait();
        _work(0);
        _barrier?.SignalAndWait();
    }

    public void Dispose()
    {
        _isOver = true;
        _barrier?.SignalAndWait();
    }

    /// <summary>The part of a range that a member takes.</summary>
    public (int From, int To) ShareOf(int count, int member) => ((int)((long)count * member / Size), (int)((long)count * (member + 1) / Size));

    private void Serve(int member)
    {
        while (true)
        {
            _barrier!.SignalAndWait();
            if (_isOver)
                return;
            _work(member);
            _barrier.SignalAndWait();
        }
    }
}
