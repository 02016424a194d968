using System.Globalization;

namespace FeatureReuse;

/// <summary>The classes of a label column: the values of its key, in their own type, and as text.</summary>
internal abstract class ClassKeys
{
    /// <summary>One name a class, in the order of the keys.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    public int Count => Names.Count;

    /// <summary>Whether the values are text, and so can name slots.</summary>
    public abstract bool AreText { get; }

    /// <summary>The values' type by a name that does not depend on ML.NET's version.</summary>
    public abstract string TypeName { get; }

    /// <summary>Adds an annotation that holds the values.</summary>
    public abstract void AddTo(DataViewSchema.Annotations.Builder builder, string kind);

    /// <summary>Some of the classes, as keys of their own.</summary>
    /// <param name="classes">Zero-based, in the order of the new keys.</param>
    public abstract ClassKeys Select(IReadOnlyList<int> classes);

    /// <summary>These classes, and then those of the other that are not among them.</summary>
    /// <exception cref="InvalidDataException">The values are of different types.</exception>
    public ClassKeys Union(ClassKeys other)
    {
        string[] names = [.. Names.Union(other.Names)];
        return other.TypeName != TypeName ? throw new InvalidDataException($"The labels are of type {TypeName}; the network was trained with labels of type {other.TypeName}.")
            : names.Length == Count ? this : From(TypeName, names);
    }

    /// <summary>Reads the values of a key column.</summary>
    /// <exception cref="InvalidDataException">The column is no key, or a key without values.</exception>
    public static ClassKeys From(DataViewSchema.Column label)
    {
        if (label.Type is not KeyDataViewType key)
        {
            throw new InvalidDataException($"Column '{label.Name}' is {label.Type}; the label must be a key. "
                + $"Put ml.Transforms.Conversion.MapValueToKey(\"{label.Name}\") before the trainer.");
        }
        if (label.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues) is not { } annotation
            || annotation.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.Size == 0 || (ulong)vector.Size != key.Count)
        {
            throw new InvalidDataException($"Column '{label.Name}' is {label.Type} without values, so that its classes have no names. "
                + $"Make the key with ml.Transforms.Conversion.MapValueToKey(\"{label.Name}\"), or add a KeyValues annotation.");
        }
        return From(label.Annotations, (PrimitiveDataViewType)vector.ItemType);
    }

    /// <summary>The keys that had this <see cref="TypeName"/> and these <see cref="Names"/>.</summary>
    /// <exception cref="InvalidDataException">The type is unknown, or a name is no value of it.</exception>
    public static ClassKeys From(string typeName, IReadOnlyList<string> names)
    {
        PrimitiveDataViewType[] known = [TextDataViewType.Instance, BooleanDataViewType.Instance, NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16, NumberDataViewType.UInt16,
            NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64, NumberDataViewType.Single, NumberDataViewType.Double];
        PrimitiveDataViewType type = known.FirstOrDefault(type => NameOf(type) == typeName)
            ?? throw new InvalidDataException($"Labels of type '{typeName}' cannot be kept in a file; {string.Join(", ", known.Select(NameOf))} can.");
        try
        {
            return (ClassKeys)typeof(ClassKeys).GetMethod(nameof(Parsed), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
                .MakeGenericMethod(type.RawType).Invoke(null, [type, names])!;
        }
        catch (System.Reflection.TargetInvocationException failure) when (failure.InnerException is FormatException or OverflowException or InvalidCastException)
        {
            throw new InvalidDataException($"A class name is no {typeName}: {failure.InnerException.Message}", failure.InnerException);
        }
    }

    private static string NameOf(PrimitiveDataViewType type) => type is TextDataViewType ? "Text" : type.RawType.Name;

    private static TypedClassKeys<T> Parsed<T>(PrimitiveDataViewType type, IReadOnlyList<string> names)
        => new(type, new VBuffer<T>(names.Count, [.. names.Select(name => type is TextDataViewType
            ? (T)(object)name.AsMemory() : (T)Convert.ChangeType(name, typeof(T), CultureInfo.InvariantCulture))]));

    /// <summary>Keys of this type and number whose values do not matter.</summary>
    public static ClassKeys Stand(PrimitiveDataViewType type, int count)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        var vector = new VectorDataViewType(type, count);
        typeof(ClassKeys).GetMethod(nameof(AddDefaults), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(type.RawType).Invoke(null, [builder, vector]);
        return From(builder.ToAnnotations(), type);
    }

    private static void AddDefaults<T>(DataViewSchema.Annotations.Builder builder, VectorDataViewType type)
        => builder.Add(AnnotationKinds.KeyValues, type, (ref VBuffer<T> values) => values = new VBuffer<T>(type.Size, new T[type.Size]));

    private static ClassKeys From(DataViewSchema.Annotations annotations, PrimitiveDataViewType type)
    {
        Type open = typeof(TypedClassKeys<>).MakeGenericType(type.RawType);
        return (ClassKeys)Activator.CreateInstance(open, type, annotations)!;
    }

    private sealed class TypedClassKeys<T> : ClassKeys
    {
        private readonly PrimitiveDataViewType _type;
        private readonly VBuffer<T> _values;

        public TypedClassKeys(PrimitiveDataViewType type, DataViewSchema.Annotations annotations)
            : this(type, ValuesIn(annotations))
        {
        }

        public TypedClassKeys(PrimitiveDataViewType type, VBuffer<T> values)
        {
            _type = type;
            _values = values;
            Names = [.. _values.DenseValues().Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")];
        }

        public override IReadOnlyList<string> Names { get; }

        public override bool AreText => _type is TextDataViewType;

        public override string TypeName => NameOf(_type);

        public override void AddTo(DataViewSchema.Annotations.Builder builder, string kind)
            => builder.Add(kind, new VectorDataViewType(_type, _values.Length), (ref VBuffer<T> destination) => _values.CopyTo(ref destination));

        public override ClassKeys Select(IReadOnlyList<int> classes)
            => new TypedClassKeys<T>(_type, new VBuffer<T>(classes.Count, [.. classes.Select(number => _values.GetItemOrDefault(number))]));

        private static VBuffer<T> ValuesIn(DataViewSchema.Annotations annotations)
        {
            VBuffer<T> values = default;
            annotations.GetValue(AnnotationKinds.KeyValues, ref values);
            return values;
        }
    }
}
