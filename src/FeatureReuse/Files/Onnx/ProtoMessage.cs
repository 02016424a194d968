using Google.Protobuf;

namespace FeatureReuse;

/// <summary>A protobuf message written field by field; large fields are written from where they are.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, long Length, Action<CodedOutputStream> Write)> _fields = [];

    private long Length => _fields.Sum(entry => entry.Length);

    public ProtoMessage Add(int field, long value)
        => Add(field, WireFormat.WireType.Varint, CodedOutputStream.ComputeInt64Size(value), output => output.WriteInt64(value));

    public ProtoMessage Add(int field, float value)
        => Add(field, WireFormat.WireType.Fixed32, CodedOutputStream.ComputeFloatSize(value), output => output.WriteFloat(value));

    public ProtoMessage Add(int field, string value)
        => Add(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeStringSize(value), output => output.WriteString(value));

    public ProtoMessage Add(int field, ProtoMessage value)
    {
        // A message is complete when it is added.
        int length = checked((int)value.Length);
        return Add(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeLengthSize(length) + length, output =>
        {
            output.WriteLength(length);
            value.WriteTo(output);
        });
    }

    public ProtoMessage Add(int field, ReadOnlyMemory<byte> value)
    {
        return Add(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeLengthSize(value.Length) + value.Length, output => output.WriteBytes(UnsafeByteOperations.UnsafeWrap(value)));
    }

    public ProtoMessage AddAll<T>(int field, IEnumerable<T> values, Action<ProtoMessage, int, T> add)
    {
        foreach (T value in values)
            add(this, field, value);
        return this;
    }

    public void WriteTo(CodedOutputStream output)
    {
        foreach ((_, _, Action<CodedOutputStream> write) in _fields)
            write(output);
    }

    private ProtoMessage Add(int field, WireFormat.WireType type, int length, Action<CodedOutputStream> write)
    {
        _fields.Add((field, CodedOutputStream.ComputeTagSize(field) + length, output =>
        {
            output.WriteTag(field, type);
            write(output);
        }));
        return this;
    }
}
