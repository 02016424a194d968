namespace Microsoft.ML.Data;

/// <summary>Reads the usual annotations.</summary>
public static class SchemaAnnotationsExtensions
{
    public static bool HasSlotNames(this DataViewSchema.Column column) => column.Annotations.Schema.GetColumnOrNull("SlotNames") is not null;

    public static void GetSlotNames(this DataViewSchema.Column column, ref VBuffer<ReadOnlyMemory<char>> slotNames) => column.Annotations.GetValue("SlotNames", ref slotNames);

    public static bool HasKeyValues(this DataViewSchema.Column column) => column.Annotations.Schema.GetColumnOrNull("KeyValues") is not null;

    public static void GetKeyValues<TValue>(this DataViewSchema.Column column, ref VBuffer<TValue> keyValues) => column.Annotations.GetValue("KeyValues", ref keyValues);
}
