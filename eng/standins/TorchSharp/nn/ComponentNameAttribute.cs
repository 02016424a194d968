using System.Reflection;

namespace TorchSharp.Utils
{
    /// <summary>The name under which a field's module, parameter or buffer is registered, where it is not the field's own.</summary>
    [AttributeUsage(AttributeTargets.Field, AllowMultiple = false)]
    public sealed class ComponentNameAttribute : Attribute
    {
        public string? Name { get; set; }
    }
}

namespace TorchSharp
{
    /// <summary>The names of modules' fields.</summary>
    public static class FieldInfoExtensionMethods
    {
        public static string ComponentName(this FieldInfo field) => field.GetCustomAttribute<Utils.ComponentNameAttribute>()?.Name ?? field.Name;
    }
}
