using System.Collections.Concurrent;

namespace Microsoft.ML.Data;

/// <summary>Which attribute stands for which column type.</summary>
public static class DataViewTypeManager
{
    private static readonly ConcurrentDictionary<(Type Type, DataViewTypeAttribute Attribute), DataViewType> Types = new();

    public static void Register(DataViewType dataViewType, Type type, DataViewTypeAttribute typeAttribute) => Types.TryAdd((type, typeAttribute), dataViewType);

    internal static DataViewType Find(Type type, DataViewTypeAttribute attribute)
    {
        attribute.Register();
        return Types[(type, attribute)];
    }
}
