using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Which classes load which models.</summary>
public sealed class ComponentCatalog
{
    private readonly HashSet<string> _assemblies = [];
    private readonly Dictionary<string, MethodInfo> _loaders = [];

    internal ComponentCatalog()
    {
    }

    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        if (!_assemblies.Add(assembly.FullName!))
        {
            return;
        }
        foreach (LoadableClassAttribute attribute in assembly.GetCustomAttributes<LoadableClassAttribute>())
        {
            MethodInfo? create = attribute.LoaderType.GetMethod("Create", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(IHostEnvironment), typeof(ModelLoadContext)]);
            if (create is null || create.ReturnType != attribute.InstanceType)
            {
                throw new InvalidOperationException($"Can't instantiate loadable class '{attribute.InstanceType.Name}' with name '{attribute.LoadNames[0]}'");
            }
            foreach (string name in attribute.LoadNames)
            {
                _loaders.Add(name, create);
            }
        }
    }

    internal ITransformer? Create(string name, IHostEnvironment environment, ModelLoadContext context)
        => _loaders.TryGetValue(name, out MethodInfo? create) ? (ITransformer)create.Invoke(null, [environment, context])! : null;
}
