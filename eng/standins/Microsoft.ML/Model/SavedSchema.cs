using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Mapping;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML;

/// <summary>A schema with its annotations, as ML.NET keeps that of a model's input.</summary>
internal static class SavedSchema
{
    public static void Write(BinaryWriter writer, DataViewSchema schema)
    {
        writer.Write(schema.Count);
        foreach (DataViewSchema.Column column in schema)
        {
            writer.Write(column.Name);
            WriteType(writer, column.Type);
            DataViewSchema.Column[] kept = [.. column.Annotations.Schema.Where(annotation => annotation.Type is PrimitiveDataViewType or VectorDataViewType)];
            writer.Write(kept.Length);
            foreach (DataViewSchema.Column annotation in kept)
            {
                writer.Write(annotation.Name);
                WriteType(writer, annotation.Type);
                WriteAnnotation(writer, column.Annotations, annotation);
            }
        }
    }

    public static DataViewSchema Read(BinaryReader reader)
    {
        var builder = new DataViewSchema.Builder();
        for (int columns = reader.ReadInt32(); columns > 0; columns--)
        {
            string name = reader.ReadString();
            DataViewType type = ReadType(reader);
            var annotations = new DataViewSchema.Annotations.Builder();
            for (int count = reader.ReadInt32(); count > 0; count--)
            {
                string kind = reader.ReadString();
                ReadAnnotation(reader, kind, ReadType(reader), annotations);
            }
            builder.AddColumn(name, type, annotations.ToAnnotations());
        }
        return builder.ToSchema();
    }

    public static void WriteAnnotation(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        var vector = annotation.Type as VectorDataViewType;
        string[] values = TypeDispatch.Call<string[]>(typeof(SavedSchema), null, vector is null ? nameof(Single) : nameof(Many),
            [vector is null ? annotation.Type.RawType : vector.ItemType.RawType], annotations, annotation);
        writer.Write(values);
    }

    public static void ReadAnnotation(BinaryReader reader, string kind, DataViewType type, DataViewSchema.Annotations.Builder annotations)
    {
        var vector = type as VectorDataViewType;
        TypeDispatch.Call<object?>(typeof(SavedSchema), null, vector is null ? nameof(AddSingle) : nameof(AddMany), [vector is null ? type.RawType : vector.ItemType.RawType],
            annotations, kind, type, reader.ReadStrings());
    }

    public static void WriteType(BinaryWriter writer, DataViewType type)
    {
        switch (type)
        {
            case VectorDataViewType vector:
                writer.Write("vector");
                WriteType(writer, vector.ItemType);
                writer.Write(vector.Dimensions.Length);
                foreach (int size in vector.Dimensions)
                {
                    writer.Write(size);
                }
                break;
            case KeyDataViewType key:
                writer.Write("key");
                writer.Write(key.RawType.Name);
                writer.Write(key.Count);
                break;
            case ImageDataViewType image:
                writer.Write("image");
                writer.Write(image.Height);
                writer.Write(image.Width);
                break;
            default:
                writer.Write(type.ToString()!);
                break;
        }
    }

    public static DataViewType ReadType(BinaryReader reader)
    {
        switch (reader.ReadString())
        {
            case "vector":
                var item = (PrimitiveDataViewType)ReadType(reader);
                var dimensions = new int[reader.ReadInt32()];
                for (int i = 0; i < dimensions.Length; i++)
                {
                    dimensions[i] = reader.ReadInt32();
                }
                return new VectorDataViewType(item, dimensions);
            case "key":
                Type raw = Type.GetType("System." + reader.ReadString())!;
                return new KeyDataViewType(raw, reader.ReadUInt64());
            case "image":
                return (reader.ReadInt32(), reader.ReadInt32()) is (> 0 and var height, var width) ? new ImageDataViewType(height, width) : new ImageDataViewType();
            case "String":
                return TextDataViewType.Instance;
            case "Boolean":
                return BooleanDataViewType.Instance;
            case var name:
                return NumberDataViewType.All.FirstOrDefault(number => number.ToString() == name) ?? throw new FormatException($"Unknown type '{name}'");
        }
    }

    private static string[] Single<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        T value = default!;
        annotations.GetValue(annotation.Name, ref value);
        return [Text(value)];
    }

    private static string[] Many<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        VBuffer<T> values = default;
        annotations.GetValue(annotation.Name, ref values);
        return [.. values.DenseValues().Select(Text)];
    }

    private static object? AddSingle<T>(DataViewSchema.Annotations.Builder annotations, string kind, DataViewType type, string[] values)
    {
        annotations.AddPrimitiveValue(kind, (PrimitiveDataViewType)type, Value<T>(values[0]));
        return null;
    }

    private static object? AddMany<T>(DataViewSchema.Annotations.Builder annotations, string kind, DataViewType type, string[] values)
    {
        T[] parsed = [.. values.Select(Value<T>)];
        annotations.Add(kind, type, (ref VBuffer<T> destination) => destination = new VBuffer<T>(parsed.Length, parsed));
        return null;
    }

    public static string Text<T>(T value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    public static T Value<T>(string text) => typeof(T) == typeof(ReadOnlyMemory<char>) ? (T)(object)text.AsMemory() : (T)Convert.ChangeType(text, typeof(T), CultureInfo.InvariantCulture);
}
