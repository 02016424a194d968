using System.Linq.Expressions;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>A field or property of a row class as a column.</summary>
internal sealed class MemberColumn
{
    private readonly MemberInfo _member;

    private MemberColumn(MemberInfo member, Type memberType, string name, DataViewType type)
        => (_member, MemberType, Name, Type) = (member, memberType, name, type);

    public string Name { get; }

    public DataViewType Type { get; }

    public Type MemberType { get; }

    public LoadColumnAttribute? Source => _member.GetCustomAttribute<LoadColumnAttribute>();

    /// <summary>The public fields and properties that are columns.</summary>
    public static IReadOnlyList<MemberColumn> Of<TRow>()
    {
        const BindingFlags visible = BindingFlags.Public | BindingFlags.Instance;
        IEnumerable<(MemberInfo Member, Type Type)> members = typeof(TRow).GetFields(visible).Select(field => ((MemberInfo)field, field.FieldType))
            .Concat(typeof(TRow).GetProperties(visible).Where(property => property.CanRead && property.GetIndexParameters().Length == 0).Select(property => ((MemberInfo)property, property.PropertyType)));
        return [.. members.Where(item => item.Member.GetCustomAttribute<NoColumnAttribute>() is null)
            .Select(item => new MemberColumn(item.Member, item.Type, item.Member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? item.Member.Name, TypeOf(item.Member, item.Type)))];
    }

    public Func<TRow, TMember> Reader<TRow, TMember>()
    {
        ParameterExpression row = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, TMember>>(Expression.MakeMemberAccess(row, _member), row).Compile();
    }

    public Action<TRow, TMember> Writer<TRow, TMember>()
    {
        ParameterExpression row = Expression.Parameter(typeof(TRow));
        ParameterExpression value = Expression.Parameter(typeof(TMember));
        return Expression.Lambda<Action<TRow, TMember>>(Expression.Assign(Expression.MakeMemberAccess(row, _member), value), row, value).Compile();
    }

    /// <summary>The item type of vectors, otherwise the type of the values themselves.</summary>
    public static Type? ItemTypeOf(Type memberType)
        => memberType.IsArray ? memberType.GetElementType()
            : memberType.IsGenericType && memberType.GetGenericTypeDefinition() == typeof(VBuffer<>) ? memberType.GenericTypeArguments[0]
            : null;

    private static DataViewType TypeOf(MemberInfo member, Type type)
    {
        if (member.GetCustomAttribute<DataViewTypeAttribute>() is { } own)
        {
            return DataViewTypeManager.Find(type, own);
        }
        Type? itemType = ItemTypeOf(type);
        PrimitiveDataViewType item = Primitive(itemType ?? type, member);
        if (itemType is null)
        {
            return item;
        }
        int[]? dimensions = member.GetCustomAttribute<VectorTypeAttribute>()?.Dimensions
            ?? (member.GetCustomAttribute<LoadColumnAttribute>() is { } source ? [source.End - source.Start + 1] : null);
        return dimensions is { Length: > 0 } ? new VectorDataViewType(item, dimensions) : new VectorDataViewType(item);
    }

    private static PrimitiveDataViewType Primitive(Type type, MemberInfo member)
    {
        if (member.GetCustomAttribute<KeyTypeAttribute>() is { } key)
        {
            return new KeyDataViewType(type, key.Count);
        }
        return type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? TextDataViewType.Instance
            : type == typeof(bool) ? BooleanDataViewType.Instance
            : NumberDataViewType.All.FirstOrDefault(number => number.RawType == type)
                ?? throw new ArgumentOutOfRangeException(nameof(member), $"Could not determine an IDataView type and registered custom types for member {member.Name}");
    }
}
