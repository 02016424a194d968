using System.Runtime.CompilerServices;
using static System.FormattableString;

namespace FeatureReuse;

/// <summary>Checks options; each message names the option, the value found and the value wanted.</summary>
internal static class Require
{
    public static void InRange(double value, double minimum, double maximum, string option)
        => Hold(value >= minimum && value <= maximum, value, Invariant($"lie between {minimum} and {maximum}"), option);

    public static void Positive(double value, double maximum, string option)
        => Hold(value > 0 && value <= maximum, value, Invariant($"be above 0 and at most {maximum}"), option);

    /// <summary>Requires a value between two bounds that are not allowed themselves.</summary>
    public static void Inside(double value, double minimum, double maximum, string option)
        => Hold(value > minimum && value < maximum, value, Invariant($"be above {minimum} and below {maximum}"), option);

    public static void Finite(double value, [CallerArgumentExpression(nameof(value))] string option = "")
        => Hold(double.IsFinite(value), value, "be finite", option);

    public static void NotNegative(double value, [CallerArgumentExpression(nameof(value))] string option = "")
        => Hold(value >= 0 && double.IsFinite(value), value, "be finite and not negative", option);

    public static void Defined<T>(T value, string option) where T : struct, Enum
        => Hold(Enum.IsDefined(value), value, $"be one of {string.Join(", ", Enum.GetNames<T>())}", option);

    public static void NotEmpty(string? value, string option)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw new ArgumentException($"{option} is empty; it must be a name.", option);
    }

    public static T NotNull<T>(T? value, [CallerArgumentExpression(nameof(value))] string option = "") where T : class
        => value ?? throw new ArgumentNullException(option);

    private static void Hold<T>(bool condition, T value, string wanted, string option) where T : struct
    {
        if (!condition)
            throw new ArgumentOutOfRangeException(option, value, Invariant($"{option} is {value}; it must {wanted}."));
    }
}
