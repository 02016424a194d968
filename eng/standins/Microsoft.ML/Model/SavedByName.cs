using System.Reflection;
using Microsoft.ML.Runtime;

[assembly: Microsoft.ML.LoadableClass(typeof(Microsoft.ML.ITransformer), typeof(Microsoft.ML.SavedByName), null, typeof(Microsoft.ML.SignatureLoadModel), "Stand-in", "Standin")]

namespace Microsoft.ML;

/// <summary>The stand-in's own transformers are saved as the name of their class and what it writes; a static Read of the class reads it.</summary>
internal static class SavedByName
{
    public static void Save(ModelSaveContext context, Type type, Action<BinaryWriter> write)
    {
        context.SetVersionInfo(new VersionInfo("STANDIN ", 1, 1, 1, typeof(SavedByName).Assembly.FullName!, "Standin"));
        context.Writer.Write(type.FullName!);
        write(context.Writer);
    }

    private static ITransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        string name = context.Reader.ReadString();
        Type type = typeof(SavedByName).Assembly.GetType(name) is { } found && typeof(ITransformer).IsAssignableFrom(found) ? found : throw new FormatException($"Unknown transformer '{name}'");
        MethodInfo read = type.GetMethod("Read", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) ?? throw new FormatException($"'{name}' cannot be loaded");
        return (ITransformer)read.Invoke(null, read.GetParameters().Length == 1 ? [context.Reader] : [environment, context])!;
    }

    public static void Write(this BinaryWriter writer, float[] values)
    {
        writer.Write(values.Length);
        foreach (float value in values)
        {
            writer.Write(value);
        }
    }

    public static float[] ReadSingles(this BinaryReader reader)
    {
        var values = new float[reader.ReadInt32()];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = reader.ReadSingle();
        }
        return values;
    }

    public static void Write(this BinaryWriter writer, string[] values)
    {
        writer.Write(values.Length);
        foreach (string value in values)
        {
            writer.Write(value);
        }
    }

    public static string[] ReadStrings(this BinaryReader reader)
    {
        var values = new string[reader.ReadInt32()];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = reader.ReadString();
        }
        return values;
    }
}
