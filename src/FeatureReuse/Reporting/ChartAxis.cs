using System.Globalization;

namespace FeatureReuse;

/// <summary>Where values lie along an axis, from 0 to 1, and which of them are named.</summary>
internal sealed class ChartAxis
{
    private const int MostTicks = 8;
    private const int FewestTicks = 3;
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private static readonly int[] Digits = [1, 2, 5];

    private readonly bool _isLogarithmic;
    private readonly double _from;
    private readonly double _to;

    /// <param name="values">What must find room.</param>
    /// <param name="isLogarithmic">Whether powers of ten are equally far apart.</param>
    /// <param name="isNamedByValues">Names the values themselves where they are few, and leaves a margin instead of rounding the ends.</param>
    public ChartAxis(IEnumerable<double> values, bool isLogarithmic, bool isNamedByValues)
    {
        _isLogarithmic = isLogarithmic;
        double[] places = [.. values.Select(Place).Distinct().Order()];
        double margin = places[^1] > places[0] ? .04 * (places[^1] - places[0]) : .5;
        (_from, _to) = (places[0] - margin, places[^1] + margin);
        if (isNamedByValues && places.Length <= MostTicks)
        {
            Ticks = [.. places.Select(Value)];
            return;
        }
        double step = isLogarithmic && _to - _from >= 2 ? Math.Ceiling((_to - _from) / MostTicks) : isLogarithmic ? 0 : RoundStep((_to - _from) / MostTicks);
        Ticks = step > 0
            ? [.. Enumerable.Range(0, 2 * MostTicks + 1).Select(i => (Math.Ceiling(_from / step) + i) * step).Where(place => place <= _to).Select(Value)]
            : [.. Enumerable.Range((int)Math.Floor(_from), 4).SelectMany(exponent => Digits.Select(digit => digit * Math.Pow(10, exponent))).Where(value => Place(value) >= _from && Place(value) <= _to)];
        if (isLogarithmic && Ticks.Count < FewestTicks)
        {
            // Over so short a stretch round values lie nearly as evenly as on a linear axis.
            double round = RoundStep((Value(_to) - Value(_from)) / (2 * FewestTicks));
            Ticks = [.. Enumerable.Range(0, 4 * FewestTicks).Select(i => (Math.Ceiling(Value(_from) / round) + i) * round).Where(value => Place(value) <= _to)];
        }
    }

    public IReadOnlyList<double> Ticks { get; }

    /// <summary>0 to 1.</summary>
    public double At(double value) => (Place(value) - _from) / (_to - _from);

    public string NameOf(double tick)
    {
        double exponent = Math.Log10(Math.Abs(tick));
        bool isPower = _isLogarithmic && Math.Abs(exponent - Math.Round(exponent)) < 1e-9;
        return isPower && exponent is < -2.5 or > 4.5
            ? "10" + string.Concat(((int)Math.Round(exponent)).ToString(CultureInfo.InvariantCulture).Select(digit => digit == '-' ? '⁻' : Superscripts[digit - '0']))
            : Math.Round(tick, 10).ToString("G4", CultureInfo.InvariantCulture);
    }

    private double Place(double value) => _isLogarithmic ? Math.Log10(value) : value;

    private double Value(double place) => _isLogarithmic ? Math.Pow(10, place) : place;

    /// <summary>The next of 1, 2, 5, 10, ...</summary>
    private static double RoundStep(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return Digits.Select(digit => digit * power).FirstOrDefault(candidate => candidate >= step * (1 - 1e-9), 10 * power);
    }
}
