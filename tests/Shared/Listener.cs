namespace FeatureReuse;

/// <summary>Passes each report on at once; <see cref="Progress{T}"/> passes it on later, on another thread.</summary>
internal sealed class Listener<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
