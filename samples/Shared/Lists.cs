using System.CommandLine.Parsing;
using System.Globalization;

namespace FeatureReuse.Samples;

/// <summary>Options that take several values, separated by commas.</summary>
internal static class Lists
{
    /// <summary>Whole numbers from 0, and ranges such as 0-5.</summary>
    public static int[]? Integers(ArgumentResult result)
    {
        List<int> values = [];
        foreach (string part in Parts(result))
        {
            string[] ends = part.Split('-');
            if (ends.Length is 1 or 2 && int.TryParse(ends[0], CultureInfo.InvariantCulture, out int first) && int.TryParse(ends[^1], CultureInfo.InvariantCulture, out int last)
                && first >= 0 && first <= last && last - first < 1000)
            {
                values.AddRange(Enumerable.Range(first, last - first + 1));
            }
            else
            {
                result.AddError($"'{part}' is neither a number nor a range such as 0-5.");
                return null;
            }
        }
        return [.. values.Distinct()];
    }

    /// <summary>Numbers above 0.</summary>
    public static double[]? Factors(ArgumentResult result)
    {
        double[]? values = Numbers(result);
        if (values?.FirstOrDefault(value => value <= 0, 1) is <= 0 and var wrong)
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"'{wrong}' is not a factor; it must be a number above 0."));
            return null;
        }
        return values?.Distinct().ToArray();
    }

    /// <summary>Finite numbers.</summary>
    public static double[]? Numbers(ArgumentResult result)
    {
        List<double> values = [];
        foreach (string part in Parts(result))
        {
            if (!double.TryParse(part, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
            {
                result.AddError($"'{part}' is not a number.");
                return null;
            }
            values.Add(value);
        }
        return [.. values];
    }

    /// <summary>Some of the names that are known, in any case.</summary>
    public static string[]? Names(ArgumentResult result, string[] known)
    {
        List<string> values = [];
        foreach (string part in Parts(result))
        {
            if (known.FirstOrDefault(name => name.Equals(part, StringComparison.OrdinalIgnoreCase)) is not { } name)
            {
                result.AddError($"'{part}' is unknown; it must be one of {string.Join(", ", known)}.");
                return null;
            }
            values.Add(name);
        }
        return [.. values.Distinct()];
    }

    private static IEnumerable<string> Parts(ArgumentResult result) => result.Tokens.SelectMany(token => token.Value.Split(','));
}
