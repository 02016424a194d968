using TorchSharp.Utils;

namespace TorchSharp;

/// <summary>TorchSharp's file format of a tensor: type, dimensions and sizes in LEB128, then the elements.</summary>
public static partial class TensorExtensionMethods
{
    public static void Save(this torch.Tensor tensor, BinaryWriter writer)
    {
        using torch.Tensor readable = tensor.cpu();
        writer.Encode((int)readable.dtype);
        long[] shape = readable.shape;
        writer.Encode(shape.Length);
        foreach (long size in shape)
        {
            writer.Encode(size);
        }
        readable.WriteBytesToStream(writer.BaseStream);
    }

    public static void Save(this torch.Tensor tensor, Stream stream)
    {
        using BinaryWriter writer = new(stream);
        tensor.Save(writer);
    }

    public static void Load(this torch.Tensor tensor, BinaryReader reader, bool skip = false)
    {
        (torch.ScalarType type, long[] shape) = ReadHeader(reader);
        if (type != tensor.dtype)
        {
            throw new ArgumentException("Mismatched tensor data types while loading. Make sure that the model you are loading into is exactly the same as the origin.");
        }
        if (skip)
        {
            reader.BaseStream.Seek(tensor.NumberOfElements * tensor.ElementSize, SeekOrigin.Current);
            return;
        }
        if (!shape.AsSpan().SequenceEqual(tensor.shape))
        {
            throw new ArgumentException("Mismatched tensor shape while loading. Make sure that the model you are loading into is exactly the same as the origin.");
        }
        if (tensor.device_type == DeviceType.CPU)
        {
            tensor.ReadBytesFromStream(reader.BaseStream);
            return;
        }
        using IDisposable frozen = torch.no_grad();
        using torch.Tensor read = torch.empty(shape, type);
        read.ReadBytesFromStream(reader.BaseStream);
        tensor.copy_(read);
    }

    public static torch.Tensor Load(BinaryReader reader, bool skip = false)
    {
        (torch.ScalarType type, long[] shape) = ReadHeader(reader);
        torch.Tensor tensor = skip ? torch.zeros(shape, type) : torch.empty(shape, type);
        if (skip)
        {
            reader.BaseStream.Seek(tensor.NumberOfElements * tensor.ElementSize, SeekOrigin.Current);
        }
        else
        {
            tensor.ReadBytesFromStream(reader.BaseStream);
        }
        return tensor;
    }

    private static (torch.ScalarType Type, long[] Shape) ReadHeader(BinaryReader reader)
    {
        torch.ScalarType type = (torch.ScalarType)reader.Decode();
        long[] shape = new long[reader.Decode()];
        for (int dim = 0; dim < shape.Length; dim++)
        {
            shape[dim] = reader.Decode();
        }
        return (type, shape);
    }
}
