namespace System.Runtime.CompilerServices;

/// <summary>The runtime knows it by this name: what the assembly refers to may be internal to the one named.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName => assemblyName;
}
