namespace Microsoft.ML;

/// <summary>Says which class of an assembly loads models, and under which names.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class LoadableClassAttribute(Type instType, Type loaderType, Type? argType, Type sigType, string userName, params string[] loadNames) : Attribute
{
    public Type InstanceType => instType;

    public Type LoaderType => loaderType;

    public Type? ArgType => argType;

    public Type SigType => sigType;

    public string UserName => userName;

    public string[] LoadNames => loadNames;
}
