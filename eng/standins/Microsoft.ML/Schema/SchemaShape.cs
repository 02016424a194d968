using System.Collections;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>What is known of a schema before anything is fitted.</summary>
public sealed class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    private readonly Column[] _columns;

    public SchemaShape(IEnumerable<Column> columns) => _columns = [.. columns];

    public int Count => _columns.Length;

    public Column this[int index] => _columns[index];

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static SchemaShape Create(DataViewSchema schema) => new(schema.Where(column => !column.IsHidden).Select(column =>
        ColumnOf(column.Name, column.Type, new SchemaShape(column.Annotations.Schema.Select(annotation => ColumnOf(annotation.Name, annotation.Type, null))))));

    internal bool TryFindColumn(string name, out Column column)
    {
        column = _columns.FirstOrDefault(candidate => candidate.Name == name);
        return column.IsValid;
    }

    internal static Column ColumnOf(string name, DataViewType type, SchemaShape? annotations)
    {
        var vector = type as VectorDataViewType;
        Column.VectorKind kind = vector is null ? Column.VectorKind.Scalar : vector.IsKnownSize ? Column.VectorKind.Vector : Column.VectorKind.VariableVector;
        DataViewType item = vector?.ItemType ?? type;
        bool isKey = item is KeyDataViewType;
        return new Column(name, kind, isKey ? NumberDataViewType.All.Single(number => number.RawType == item.RawType) : item, isKey, annotations);
    }

    /// <summary>What is known of a column.</summary>
    public readonly struct Column
    {
        public readonly string Name;
        public readonly VectorKind Kind;
        public readonly DataViewType ItemType;
        public readonly bool IsKey;
        public readonly SchemaShape Annotations;

        internal Column(string name, VectorKind vecKind, DataViewType itemType, bool isKey, SchemaShape? annotations = null)
            => (Name, Kind, ItemType, IsKey, Annotations) = (name, vecKind, itemType, isKey, annotations ?? new SchemaShape([]));

        /// <summary>Scalar or vector, of known size or not.</summary>
        public enum VectorKind
        {
            Scalar,
            Vector,
            VariableVector,
        }

        internal bool IsValid => Name is not null;

        internal string GetTypeString()
        {
            string text = IsKey ? $"Key<{ItemType}>" : $"{ItemType}";
            return Kind switch { VectorKind.Vector => $"Vector<{text}>", VectorKind.VariableVector => $"VarVector<{text}>", _ => text };
        }
    }
}
