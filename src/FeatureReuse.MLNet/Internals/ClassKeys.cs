using System.Reflection;

namespace FeatureReuse;

/// <summary>Holds the classes of a label column: the values of its key, in their own type and as text.</summary>
internal abstract class ClassKeys
{
    private static readonly PrimitiveDataViewType[] KnownTypes =
    [
        TextDataViewType.Instance, BooleanDataViewType.Instance, NumberDataViewType.SByte, NumberDataViewType.Byte,
        NumberDataViewType.Int16, NumberDataViewType.UInt16, NumberDataViewType.Int32, NumberDataViewType.UInt32,
        NumberDataViewType.Int64, NumberDataViewType.UInt64, NumberDataViewType.Single, NumberDataViewType.Double,
    ];

    /// <summary>Gets the class names, in the order of the keys.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    public int Count => Names.Count;

    /// <summary>Gets whether the values are text, and so can name slots.</summary>
    public bool AreText => TypeName == NameOf(TextDataViewType.Instance);

    /// <summary>Gets the name of the values' type, which does not depend on the version of ML.NET.</summary>
    public abstract string TypeName { get; }

    /// <summary>Adds an annotation that holds the values.</summary>
    public abstract void AddTo(DataViewSchema.Annotations.Builder builder, string kind);

    /// <summary>Selects classes, as keys of their own.</summary>
    /// <param name="classes">Zero-based, in the order of the new keys.</param>
    public abstract ClassKeys Select(IReadOnlyList<int> classes);

    /// <summary>Adds the classes of other keys that are not among these, behind these.</summary>
    /// <exception cref="InvalidDataException">The values are of different types.</exception>
    public ClassKeys Union(ClassKeys other)
    {
        string[] names = [.. Names.Union(other.Names)];
        return other.TypeName == TypeName ? names.Length == Count ? this : From(TypeName, names) : throw new InvalidDataException(
            $"The labels are of type {TypeName}; the network was trained with labels of type {other.TypeName}.");
    }

    /// <summary>Reads the values of a key column.</summary>
    /// <exception cref="InvalidDataException">The column is not a key, or a key without values.</exception>
    public static ClassKeys From(DataViewSchema.Column label)
    {
        if (label.Type is not KeyDataViewType key)
            throw NoKey(label.Name, label.Type);
        return label.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is VectorDataViewType { Size: > 0 } vector
            && (ulong)vector.Size == key.Count ? Create((PrimitiveDataViewType)vector.ItemType, nameof(Typed<int>.Read), label.Annotations)
            : throw NoValues(label.Name, label.Type);
    }

    /// <summary>Restores keys from their <see cref="TypeName"/> and <see cref="Names"/>.</summary>
    /// <exception cref="InvalidDataException">The type is unknown, or a name is not a value of it.</exception>
    public static ClassKeys From(string typeName, IReadOnlyList<string> names)
    {
        PrimitiveDataViewType type = KnownTypes.FirstOrDefault(type => NameOf(type) == typeName) ?? throw new InvalidDataException(
            $"Labels of type '{typeName}' cannot be kept in a file; {string.Join(", ", KnownTypes.Select(NameOf))} can.");
        try
        {
            return Create(type, nameof(Typed<int>.Parse), names);
        }
        catch (Exception failure) when (failure is FormatException or OverflowException or InvalidCastException)
        {
            throw new InvalidDataException($"A class name is not a valid {typeName}: {failure.Message}", failure);
        }
    }

    /// <summary>Creates keys whose values do not matter.</summary>
    public static ClassKeys Blank(PrimitiveDataViewType type, int count) => Create(type, nameof(Typed<int>.Blank), count);

    public static InvalidDataException NoKey(string name, DataViewType type)
        => new($"Column '{name}' is {type}; the label must be a key. "
            + $"Put ml.Transforms.Conversion.MapValueToKey(\"{name}\") before the trainer.");

    public static InvalidDataException NoValues(string name, object type)
        => new($"Column '{name}' is {type} without values, so that its classes have no names. "
            + $"Make the key with ml.Transforms.Conversion.MapValueToKey(\"{name}\"), or add a KeyValues annotation.");

    private static string NameOf(PrimitiveDataViewType type) => type is TextDataViewType ? "Text" : type.RawType.Name;

    /// <summary>Calls one of the methods below for the type of the values, which is known at run time only.</summary>
    private static ClassKeys Create(PrimitiveDataViewType type, string method, object values)
        => (ClassKeys)typeof(Typed<>).MakeGenericType(type.RawType).GetMethod(method)!
            .Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [type, values], culture: null)!;

    private sealed class Typed<T>(PrimitiveDataViewType type, VBuffer<T> values) : ClassKeys
    {
        public override IReadOnlyList<string> Names { get; }
            = [.. values.DenseValues().Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")];

        public override string TypeName => NameOf(type);

        public override void AddTo(DataViewSchema.Annotations.Builder builder, string kind)
            => builder.Add(kind, new VectorDataViewType(type, values.Length), (ref VBuffer<T> copy) => values.CopyTo(ref copy));

        public override ClassKeys Select(IReadOnlyList<int> classes)
            => new Typed<T>(type, new VBuffer<T>(classes.Count, [.. classes.Select(number => values.GetItemOrDefault(number))]));

        public static Typed<T> Read(PrimitiveDataViewType type, DataViewSchema.Annotations annotations)
        {
            VBuffer<T> values = default;
            annotations.GetValue(AnnotationKinds.KeyValues, ref values);
            return new(type, values);
        }

        public static Typed<T> Parse(PrimitiveDataViewType type, IReadOnlyList<string> names)
            => new(type, new(names.Count, [.. names.Select(name => (T)(type is TextDataViewType ? name.AsMemory()
                : Convert.ChangeType(name, typeof(T), CultureInfo.InvariantCulture)))]));

        public static new Typed<T> Blank(PrimitiveDataViewType type, int count) => new(type, new VBuffer<T>(count, new T[count]));
    }
}
