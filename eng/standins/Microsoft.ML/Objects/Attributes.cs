namespace Microsoft.ML.Data;

/// <summary>The name of the member's column.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ColumnNameAttribute(string name) : Attribute
{
    internal string Name { get; } = name;
}

/// <summary>The member is no column.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class NoColumnAttribute : Attribute;

/// <summary>The member is a key of so many values.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class KeyTypeAttribute(ulong count) : Attribute
{
    internal ulong Count { get; } = count;
}

/// <summary>The dimensions of a vector member.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class VectorTypeAttribute : Attribute
{
    public VectorTypeAttribute()
    {
    }

    public VectorTypeAttribute(int size) => Dimensions = [size];

    public VectorTypeAttribute(params int[] dimensions) => Dimensions = dimensions;

    internal int[]? Dimensions { get; }
}

/// <summary>The column or columns of a text file from which the member is read.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class LoadColumnAttribute : Attribute
{
    public LoadColumnAttribute(int fieldIndex) => (Start, End) = (fieldIndex, fieldIndex);

    public LoadColumnAttribute(int start, int end) => (Start, End) = (start, end);

    internal int Start { get; }

    internal int End { get; }
}

/// <summary>A column type of the member's own.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public abstract class DataViewTypeAttribute : Attribute, IEquatable<DataViewTypeAttribute>
{
    public abstract void Register();

    public abstract bool Equals(DataViewTypeAttribute? other);

    public override bool Equals(object? obj) => obj is DataViewTypeAttribute other && Equals(other);

    public override int GetHashCode() => GetType().GetHashCode();
}
