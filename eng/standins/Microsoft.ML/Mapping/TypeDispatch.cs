using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Microsoft.ML.Mapping;

/// <summary>Calls generic methods for types known only at run time.</summary>
internal static class TypeDispatch
{
    /// <summary>Calls a static or instance generic method of the target's type with the given type arguments.</summary>
    public static TResult Call<TResult>(Type owner, object? target, string method, Type[] types, params object?[] arguments)
    {
        MethodInfo open = owner.GetMethod(method, BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            ?? throw new MissingMethodException(owner.Name, method);
        try
        {
            return (TResult)open.MakeGenericMethod(types).Invoke(target, arguments)!;
        }
        catch (TargetInvocationException wrapped)
        {
            ExceptionDispatchInfo.Throw(wrapped.InnerException!);
            throw;
        }
    }
}
