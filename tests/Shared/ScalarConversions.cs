using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace FeatureReuse;

/// <summary>Finds where an assembly converts numbers to TorchSharp's scalars implicitly; such scalars may be freed while native code reads them (see TensorArithmetic).</summary>
internal static class ScalarConversions
{
    public static void RequireNone(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        MetadataReader reader = file.GetMetadataReader();
        bool converts = reader.MemberReferences.Select(reader.GetMemberReference).Any(member => reader.GetString(member.Name) == "op_Implicit"
            && member.Parent.Kind == HandleKind.TypeReference && reader.GetString(reader.GetTypeReference((TypeReferenceHandle)member.Parent).Name) == nameof(TorchSharp.Scalar));
        Assert.IsFalse(converts, $"{assembly.GetName().Name} converts a number to a Scalar, as in tensor.mul(.5) or tensor + 1. Use TensorArithmetic, or a using variable of ToScalar().");
    }
}
