namespace FeatureReuse;

/// <summary>Maps values to places along an axis, 0 to 1, and chooses its ticks.</summary>
internal sealed class ChartAxis
{
    private const int MostTicks = 8;
    private const int FewestTicks = 3;
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private static readonly int[] Digits = [1, 2, 5];

    private readonly bool _isLogarithmic;
    private readonly double _from;
    private readonly double _to;

    /// <summary>Makes room for values, which are the ticks themselves if they are few and the axis is named by them.</summary>
    public ChartAxis(IEnumerable<double> values, bool isLogarithmic, bool isNamedByValues)
    {
        _isLogarithmic = isLogarithmic;
        double[] places = [.. values.Select(PlaceOf).Distinct().Order()];
        double margin = places[^1] > places[0] ? .04 * (places[^1] - places[0]) : .5;
        (_from, _to) = (places[0] - margin, places[^1] + margin);
        Ticks = isNamedByValues && places.Length <= MostTicks ? [.. places.Select(ValueAt)]
            : isLogarithmic ? LogarithmicTicks() : Multiples(_from, _to, MostTicks);
    }

    public IReadOnlyList<double> Ticks { get; }

    public double At(double value) => (PlaceOf(value) - _from) / (_to - _from);

    public string NameOf(double tick)
    {
        double exponent = Math.Log10(Math.Abs(tick));
        bool isPower = _isLogarithmic && Math.Abs(exponent - Math.Round(exponent)) < 1e-9;
        return !isPower || exponent is >= -2.5 and <= 4.5 ? Math.Round(tick, 10).ToString("G4", CultureInfo.InvariantCulture)
            : "10" + string.Concat($"{(int)Math.Round(exponent)}".Select(digit => digit == '-' ? '⁻' : Superscripts[digit - '0']));
    }

    private double PlaceOf(double value) => _isLogarithmic ? Math.Log10(value) : value;
    private double ValueAt(double place) => _isLogarithmic ? Math.Pow(10, place) : place;

    private double[] LogarithmicTicks()
    {
        if (_to - _from >= 2)
            return [.. MultiplesOf(Math.Ceiling((_to - _from) / MostTicks), _from, _to).Select(ValueAt)];
        double[] ticks = [.. Enumerable.Range((int)Math.Floor(_from), 4).SelectMany(power => Digits.Select(digit => digit * ValueAt(power)))
            .Where(value => PlaceOf(value) >= _from && PlaceOf(value) <= _to)];
        // Over so short a stretch round values lie nearly as evenly as on a linear axis.
        return ticks.Length >= FewestTicks ? ticks : Multiples(ValueAt(_from), ValueAt(_to), 2 * FewestTicks);
    }

    /// <summary>Returns the multiples of a round step in a range, about as many as wanted.</summary>
    private static double[] Multiples(double from, double to, int count)
    {
        double step = (to - from) / count;
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        double round = Digits.Select(digit => digit * power).FirstOrDefault(candidate => candidate >= step * (1 - 1e-9), 10 * power);
        return MultiplesOf(round, from, to);
    }

    private static double[] MultiplesOf(double step, double from, double to)
        => [.. Enumerable.Range(0, 2 * MostTicks + 1).Select(i => (Math.Ceiling(from / step) + i) * step).Where(value => value <= to)];
}
