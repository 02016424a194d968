using System.Collections.Immutable;

namespace Microsoft.ML.Data;

/// <summary>Vectors of primitive values; size 0 is unknown.</summary>
public sealed class VectorDataViewType : StructuredDataViewType
{
    public VectorDataViewType(PrimitiveDataViewType itemType, int size = 0) : this(itemType, ImmutableArray.Create(size))
    {
    }

    public VectorDataViewType(PrimitiveDataViewType itemType, params int[] dimensions) : this(itemType, dimensions.ToImmutableArray())
    {
    }

    public VectorDataViewType(PrimitiveDataViewType itemType, ImmutableArray<int> dimensions)
        : base(typeof(VBuffer<>).MakeGenericType((itemType ?? throw new ArgumentNullException(nameof(itemType))).RawType))
    {
        if (dimensions.Length == 0 || dimensions.Any(dimension => dimension < 0))
        {
            throw new ArgumentOutOfRangeException(nameof(dimensions));
        }
        ItemType = itemType;
        Dimensions = dimensions;
        Size = dimensions.Aggregate(1, (product, dimension) => checked(product * dimension));
    }

    public ImmutableArray<int> Dimensions { get; }

    public PrimitiveDataViewType ItemType { get; }

    public int Size { get; }

    public bool IsKnownSize => Size > 0;

    public override bool Equals(DataViewType? other)
        => other is VectorDataViewType vector && vector.ItemType.Equals(ItemType) && vector.Dimensions.SequenceEqual(Dimensions);

    public override bool Equals(object? obj) => obj is DataViewType other && Equals(other);

    public override int GetHashCode() => Dimensions.Aggregate(ItemType.GetHashCode(), HashCode.Combine);

    public override string ToString()
    {
        IEnumerable<string> sizes = Dimensions.Length == 1
            ? Dimensions.Where(size => size > 0).Select(size => $"{size}")
            : Dimensions.Select(size => size > 0 ? $"{size}" : "*");
        return $"Vector<{string.Join(", ", [ItemType.ToString()!, .. sizes])}>";
    }
}
