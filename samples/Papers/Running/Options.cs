using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Papers.Running;

/// <summary>Creates options that several commands have, and options that take several values, separated by commas.</summary>
internal static class Options
{
    public static Option<int[]> Seeds(params int[] defaults) => Integers("--seeds", "Seeds, such as 0-2 or 1,5.", 0, defaults);

    public static Option<int[]> TrainingSizes(params int[] defaults)
        => Integers("--n-train", "Training rows of the main task, separated by commas.", 1, defaults);

    public static Option<T> Create<T>(string name, string description) => new(name) { Description = description };

    public static Option<T> Create<T>(string name, string description, T value)
        => new(name) { Description = description, DefaultValueFactory = _ => value };

    public static Option<T> CreateRequired<T>(string name, string description) => new(name) { Description = description, Required = true };

    /// <summary>Takes one of the values; the first is the default.</summary>
    public static Option<string> OneOf(string name, string description, params string[] values)
    {
        Option<string> option = Create(name, description, values[0]);
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    public static Option<FileInfo> Published()
    {
        Option<FileInfo> option = CreateRequired<FileInfo>("--published", "A CSV file of the paper's results.");
        option.AcceptExistingOnly();
        return option;
    }

    /// <summary>Takes whole numbers, and ranges such as 0-5.</summary>
    public static Option<int[]> Integers(string name, string description, int minimum, params int[] defaults)
        => List(name, description, defaults, part =>
        {
            string[] ends = part.Split('-');
            if (ends.Length > 2 || !int.TryParse(ends[0], CultureInfo.InvariantCulture, out int first)
                || !int.TryParse(ends[^1], CultureInfo.InvariantCulture, out int last) || first > last || last - first >= 1000)
            {
                throw new FormatException($"'{part}' is neither a number nor a range such as 0-5.");
            }
            return first >= minimum ? Enumerable.Range(first, last - first + 1)
                : throw new FormatException($"{name} is {first}; it must be at least {minimum}.");
        });

    /// <summary>Takes numbers above 0.</summary>
    public static Option<float[]> Factors(string name, string description, params float[] defaults)
        => List(name, description, defaults, part => Number(part) is > 0 and var factor ? [(float)factor]
            : throw new FormatException($"'{part}' is not a factor; it must be a number above 0."));

    /// <summary>Takes finite numbers, in their order and with repetitions.</summary>
    public static Option<double[]> Numbers(string name, string description, params double[] defaults)
        => List(name, description, defaults, part => [Number(part)], areDistinct: false);

    /// <summary>Takes some of the known names, in any case.</summary>
    public static Option<string[]> Names(string name, string description, string[] known, params string[] defaults)
        => List(name, description, defaults, part =>
        {
            string[] found = [.. known.Where(one => one.Equals(part.Trim(), StringComparison.OrdinalIgnoreCase))];
            return found.Length == 1 ? found
                : throw new FormatException($"'{part}' is unknown; it must be one of {string.Join(", ", known)}.");
        });

    private static double Number(string part)
        => double.TryParse(part, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value
            : throw new FormatException($"'{part}' is not a number.");

    private static Option<T[]> List<T>(
        string name, string description, T[] defaults, Func<string, IEnumerable<T>> parse, bool areDistinct = true)
    {
        T[]? Parse(ArgumentResult result)
        {
            try
            {
                T[] values = [.. result.Tokens.SelectMany(token => token.Value.Split(',')).SelectMany(parse)];
                return areDistinct ? [.. values.Distinct()] : values;
            }
            catch (FormatException failure)
            {
                result.AddError(failure.Message);
                return null;
            }
        }
        return new(name) { Description = description, CustomParser = Parse, DefaultValueFactory = _ => defaults };
    }
}
