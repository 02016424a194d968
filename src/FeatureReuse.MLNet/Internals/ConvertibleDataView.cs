using System.Reflection;

namespace FeatureReuse;

/// <summary>
/// A data view that ML.NET's ConvertToOnnx converts. ConvertToOnnx walks back from the last view while views have an interface that is internal to ML.NET,
/// and takes the first other one for the input. C# cannot implement that interface; a proxy, made at run time, can.
/// </summary>
#pragma warning disable CA1852 // The proxy derives from it.
internal class ConvertibleDataView : DispatchProxy
#pragma warning restore CA1852
{
    private IDataView _view = null!;
    private IDataView _source = null!;
    private Func<OnnxGraph> _toOnnx = null!;

    /// <summary>Wraps a view; where this version of ML.NET has no such interface the view is left as it is.</summary>
    /// <param name="view">A view that adds columns to those of <paramref name="source"/>.</param>
    /// <param name="source">The view that it reads from.</param>
    /// <param name="toOnnx">Makes the graph of the added columns, whose inputs and outputs have the names of columns.</param>
    public static IDataView Wrap(IDataView view, IDataView source, Func<OnnxGraph> toOnnx)
    {
        if (MLNetInternals.ConvertibleView is not { } type)
            return view;
        var convertible = (ConvertibleDataView)Create(type, typeof(ConvertibleDataView));
        (convertible._view, convertible._source, convertible._toOnnx) = (view, source, toOnnx);
        return (IDataView)(object)convertible;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod!.Name)
        {
            case "get_Source":
                return _source;
            case "CanSaveOnnx":
                return true;
            case "SaveAsOnnx":
                new OnnxConversion(args![0]!).Add(_toOnnx(), _view.Schema);
                return null;
            case nameof(ICanSaveModel.Save):
                throw new NotSupportedException("A data view cannot be saved; save the transformer that made it.");
            default:
                return targetMethod.Invoke(_view, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
        }
    }
}
