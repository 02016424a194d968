using System.Reflection;

namespace FeatureReuse;

/// <summary>Holds the classes of a label column: the values of its key, in their own type and as text.</summary>
internal sealed class ClassKeys(PrimitiveDataViewType type, IReadOnlyList<object> values)
{
    private static readonly PrimitiveDataViewType[] KnownTypes =
    [
        TextDataViewType.Instance, BooleanDataViewType.Instance, NumberDataViewType.SByte, NumberDataViewType.Byte,
        NumberDataViewType.Int16, NumberDataViewType.UInt16, NumberDataViewType.Int32, NumberDataViewType.UInt32,
        NumberDataViewType.Int64, NumberDataViewType.UInt64, NumberDataViewType.Single, NumberDataViewType.Double,
    ];

    /// <summary>Gets the class names, in the order of the keys.</summary>
    public IReadOnlyList<string> Names { get; } = [.. values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")];

    public int Count => values.Count;

    /// <summary>Gets whether the values are text, and so can name slots.</summary>
    public bool AreText => type is TextDataViewType;

    /// <summary>Gets the name of the values' type, which does not depend on the version of ML.NET.</summary>
    public string TypeName => NameOf(type);

    /// <summary>Adds an annotation that holds the values.</summary>
    public void AddTo(DataViewSchema.Annotations.Builder builder, string kind) => Invoke(nameof(Add), type, builder, kind, type, values);

    /// <summary>Selects classes, numbered from 0, as keys of their own.</summary>
    public ClassKeys Select(IEnumerable<int> classes) => new(type, [.. classes.Select(number => values[number])]);

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
        return Annotated(label, AnnotationUtils.Kinds.KeyValues) is { } classes && (ulong)classes.Count == key.Count ? classes
            : throw NoValues(label.Name, label.Type);
    }

    /// <summary>Reads the names of the classes that a column of scores is of; their numbers where it has none.</summary>
    public static IReadOnlyList<string> NamesOfScores(DataViewSchema.Column scores)
        => Annotated(scores, AnnotationUtils.Kinds.TrainingLabelValues) is { } classes
            && classes.Count == ((VectorDataViewType)scores.Type).Size ? classes.Names : Vectors.NamesOf(scores);

    /// <summary>Restores keys from their <see cref="TypeName"/> and <see cref="Names"/>.</summary>
    /// <exception cref="InvalidDataException">The type is unknown, or a name is not a value of it.</exception>
    public static ClassKeys From(string typeName, IReadOnlyList<string> names)
    {
        PrimitiveDataViewType type = KnownTypes.FirstOrDefault(type => NameOf(type) == typeName) ?? throw new InvalidDataException(
            $"Labels of type '{typeName}' cannot be kept in a file; {string.Join(", ", KnownTypes.Select(NameOf))} can.");
        try
        {
            return new(type, [.. names.Select(name => type is TextDataViewType ? name.AsMemory()
                : Convert.ChangeType(name, type.RawType, CultureInfo.InvariantCulture))]);
        }
        catch (Exception failure) when (failure is FormatException or OverflowException or InvalidCastException)
        {
            throw new InvalidDataException($"A class name is not a valid {typeName}: {failure.Message}", failure);
        }
    }

    /// <summary>Creates keys whose values do not matter.</summary>
    public static ClassKeys Blank(PrimitiveDataViewType type, int count)
        => new(type, [.. Enumerable.Repeat(Activator.CreateInstance(type.RawType)!, count)]);

    /// <summary>Opens a label, whose keys may have four widths: 1 to the number of classes, or 0 if missing.</summary>
    public static ValueGetter<ulong> Open(DataViewRow row, DataViewSchema.Column label)
        => RowCursorUtils.GetGetterAs<ulong>(NumberDataViewType.UInt64, row, label.Index);

    public static InvalidDataException NoKey(string name, DataViewType type)
        => new($"Column '{name}' is {type}; the label must be a key. "
            + $"Put ml.Transforms.Conversion.MapValueToKey(\"{name}\") before the trainer.");

    public static InvalidDataException NoValues(string name, object type)
        => new($"Column '{name}' is {type} without values, so that its classes have no names. "
            + $"Make the key with ml.Transforms.Conversion.MapValueToKey(\"{name}\"), or add a KeyValues annotation.");

    private static string NameOf(PrimitiveDataViewType type) => type is TextDataViewType ? "Text" : type.RawType.Name;

    /// <summary>Calls one of the methods below for the type of the values, which is known at run time only.</summary>
    private static object? Invoke(string method, PrimitiveDataViewType type, params object[] arguments)
        => typeof(ClassKeys).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.RawType)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);

    private static ClassKeys? Annotated(DataViewSchema.Column column, string kind)
        => column.Annotations.Schema.GetColumnOrNull(kind)?.Type is VectorDataViewType { Size: > 0 } vector
            ? new(vector.ItemType, (object[])Invoke(nameof(Read), vector.ItemType, column.Annotations, kind)!) : null;

    private static object[] Read<T>(DataViewSchema.Annotations annotations, string kind)
    {
        VBuffer<T> values = default;
        annotations.GetValue(kind, ref values);
        return [.. values.DenseValues().Cast<object>()];
    }

    private static void Add<T>(
        DataViewSchema.Annotations.Builder builder, string kind, PrimitiveDataViewType type, IReadOnlyList<object> values)
    {
        var typed = new VBuffer<T>(values.Count, [.. values.Cast<T>()]);
        builder.Add(kind, new VectorDataViewType(type, values.Count), (ref VBuffer<T> copy) => typed.CopyTo(ref copy));
    }
}
