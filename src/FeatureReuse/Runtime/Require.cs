using System.Globalization;
using System.Runtime.CompilerServices;

namespace FeatureReuse;

/// <summary>Checks of options; each message names the option, the value found and the value wanted.</summary>
internal static class Require
{
    public static void InRange(double value, double minimum, double maximum, string option)
    {
        if (!(value >= minimum && value <= maximum))
        {
            throw new ArgumentOutOfRangeException(option, value, string.Create(CultureInfo.InvariantCulture,
                $"{option} is {value}; it must lie between {minimum} and {maximum}."));
        }
    }

    public static void Positive(double value, double maximum, string option)
    {
        if (!(value > 0 && value <= maximum))
        {
            throw new ArgumentOutOfRangeException(option, value, string.Create(CultureInfo.InvariantCulture,
                $"{option} is {value}; it must be above 0 and at most {maximum}."));
        }
    }

    public static void Finite(double value, [CallerArgumentExpression(nameof(value))] string option = "")
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(option, value, string.Create(CultureInfo.InvariantCulture, $"{option} is {value}; it must be finite."));
        }
    }

    public static void NotNegative(double value, [CallerArgumentExpression(nameof(value))] string option = "")
    {
        if (!(value >= 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(option, value, string.Create(CultureInfo.InvariantCulture, $"{option} is {value}; it must be finite and not negative."));
        }
    }

    public static void Defined<T>(T value, string option) where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentOutOfRangeException(option, value, $"{option} is {value}; it must be one of {string.Join(", ", Enum.GetNames<T>())}.");
        }
    }

    public static void NotEmpty(string? value, string option)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw new ArgumentException($"{option} is empty; it must be a name.", option);
    }

    public static T NotNull<T>(T? value, [CallerArgumentExpression(nameof(value))] string option = "") where T : class
        => value ?? throw new ArgumentNullException(option);
}
