using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace FeatureReuse;

/// <summary>
/// Finds implicit conversions of numbers to scalars. Nothing keeps such a scalar alive, so that it may be freed while native code reads it
/// (see TensorArithmetic).
/// </summary>
internal static class TemporaryScalars
{
    public static void RequireNone(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        MetadataReader reader = file.GetMetadataReader();
        string[] found = [.. reader.MemberReferences.Select(reader.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member => (Type: TypeOf(reader, member), Member: MemberOf(reader, member)))
            .Where(use => use is (nameof(TorchSharp.Scalar), "op_Implicit")
                or (nameof(TorchSharp.TensorExtensionMethods), "ToSingle" or "ToDouble" or "ToInt32" or "ToInt64" or "ToBoolean")
                or (nameof(TorchSharp.torch.Tensor), "add(1)" or "add_(1)" or "op_Addition(2)" or "square(0)"))
            .Select(use => $"{use.Type}.{use.Member}")];
        Assert.HasCount(0, found, $"{assembly.GetName().Name} calls {string.Join(", ", found)}, as tensor.mul(.5), tensor + 1 and "
            + "tensor.ToSingle() do. Use TensorArithmetic, or a using variable for the Scalar.");
    }

    private static string TypeOf(MetadataReader reader, MemberReference member)
        => reader.GetString(reader.GetTypeReference((TypeReferenceHandle)member.Parent).Name);

    /// <summary>Gets the member's name, for tensors with its number of parameters.</summary>
    private static string MemberOf(MetadataReader reader, MemberReference member)
    {
        string name = reader.GetString(member.Name);
        return TypeOf(reader, member) == nameof(TorchSharp.torch.Tensor) ? $"{name}({ParametersOf(reader, member)})" : name;
    }

    private static int ParametersOf(MetadataReader reader, MemberReference member)
    {
        BlobReader signature = reader.GetBlobReader(member.Signature);
        return signature.ReadSignatureHeader().Kind == SignatureKind.Method ? signature.ReadCompressedInteger() : 0;
    }
}
