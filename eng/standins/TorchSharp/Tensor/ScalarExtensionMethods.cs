using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Between numbers and scalars.</summary>
public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => Integer(value);

    public static Scalar ToScalar(this sbyte value) => Integer(value);

    public static Scalar ToScalar(this short value) => Integer(value);

    public static Scalar ToScalar(this int value) => Integer(value);

    public static Scalar ToScalar(this long value) => Integer(value);

    public static Scalar ToScalar(this Half value) => Real((double)value);

    public static Scalar ToScalar(this float value) => Real(value);

    public static Scalar ToScalar(this double value) => Real(value);

    public static Scalar ToScalar(this bool value) => new(new NativeNumber(value ? 1 : 0, NativeNumber.Boolean));

    public static float ToSingle(this Scalar value) => (float)value.ToDouble();

    public static double ToDouble(this Scalar value)
        => value.Number.Kind == NativeNumber.Real ? BitConverter.Int64BitsToDouble(value.Number.Bits) : value.Number.Bits;

    public static sbyte ToSByte(this Scalar value) => (sbyte)value.ToInt64();

    public static byte ToByte(this Scalar value) => (byte)value.ToInt64();

    public static short ToInt16(this Scalar value) => (short)value.ToInt64();

    public static int ToInt32(this Scalar value) => (int)value.ToInt64();

    public static long ToInt64(this Scalar value)
        => value.Number.Kind == NativeNumber.Real ? (long)BitConverter.Int64BitsToDouble(value.Number.Bits) : value.Number.Bits;

    public static bool ToBoolean(this Scalar value) => value.ToDouble() != 0;

    private static Scalar Integer(long value) => new(new NativeNumber(value, NativeNumber.Integer));

    private static Scalar Real(double value) => new(new NativeNumber(BitConverter.DoubleToInt64Bits(value), NativeNumber.Real));
}
