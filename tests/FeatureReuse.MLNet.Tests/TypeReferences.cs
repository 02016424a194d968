using Mono.Cecil;
using Mono.Cecil.Cil;

namespace FeatureReuse.MLNet.Tests;

/// <summary>
/// Reads from an assembly which types use which: in signatures, attributes and method bodies. A nested type counts as the type around it.
/// </summary>
internal static class TypeReferences
{
    /// <returns>The full names of pairs of types, each pair once.</returns>
    public static IReadOnlySet<(string From, string To)> In(string path)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(path);
        HashSet<(string, string)> found = [];
        foreach (TypeDefinition type in module.GetTypes())
        {
            foreach (TypeReference? used in UsedBy(type))
                found.UnionWith(Parts(used).Select(part => (NameOf(type), part)));
        }
        found.RemoveWhere(pair => pair.Item1 == pair.Item2);
        return found;
    }

    /// <summary>The top-level types that an assembly declares, without those that the compiler makes.</summary>
    public static string[] DeclaredIn(string path)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(path);
        return [.. module.Types.Where(type => !type.Name.Contains('<') && !HasAttribute(type, "EmbeddedAttribute")
            && !HasAttribute(type, "GeneratedCodeAttribute")).Select(NameOf)];
    }

    private static bool HasAttribute(TypeDefinition type, string name) => type.CustomAttributes.Any(one => one.AttributeType.Name == name);

    private static IEnumerable<TypeReference?> UsedBy(TypeDefinition type) =>
    [
        type.BaseType, .. type.Interfaces.Select(one => one.InterfaceType), .. Constraints(type), .. Attributes(type),
        .. type.Fields.Select(field => field.FieldType), .. type.Fields.SelectMany(Attributes),
        .. type.Properties.SelectMany(Attributes), .. type.Methods.SelectMany(UsedBy),
    ];

    private static IEnumerable<TypeReference?> UsedBy(MethodDefinition method) =>
    [
        .. Signature(method), .. Constraints(method), .. Attributes(method), .. method.Parameters.SelectMany(Attributes),
        .. method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [],
        .. method.HasBody ? method.Body.ExceptionHandlers.Select(handler => handler.CatchType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(UsedBy) : [],
    ];

    private static IEnumerable<TypeReference?> UsedBy(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments, .. Signature(method)],
        MethodReference method => [method.DeclaringType, .. Signature(method)],
        _ => [],
    };

    private static IEnumerable<TypeReference> Signature(MethodReference method)
        => method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType);

    private static IEnumerable<TypeReference> Constraints(IGenericParameterProvider owner)
        => owner.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType);

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider owner)
        => owner.CustomAttributes
            .SelectMany(attribute => attribute.ConstructorArguments.Select(argument => argument.Value).OfType<TypeReference>()
            .Append(attribute.AttributeType));

    /// <summary>A type without what is made of it (arrays, references), and the arguments of generic ones.</summary>
    private static IEnumerable<string> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [.. Parts(generic.ElementType), .. generic.GenericArguments.SelectMany(Parts)],
        RequiredModifierType modified => [.. Parts(modified.ElementType), .. Parts(modified.ModifierType)],
        FunctionPointerType pointer
            => [.. Parts(pointer.ReturnType), .. pointer.Parameters.SelectMany(parameter => Parts(parameter.ParameterType))],
        TypeSpecification made => Parts(made.ElementType),
        _ => [NameOf(type)],
    };

    /// <summary>The full name of the outermost type around a type, without the number of its type parameters.</summary>
    private static string NameOf(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type.FullName.Split('`')[0];
    }
}
