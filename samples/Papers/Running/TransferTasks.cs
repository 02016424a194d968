using Microsoft.ML;

namespace Papers.Running;

/// <summary>The images of one seed.</summary>
/// <param name="Auxiliary">Training images of the auxiliary task.</param>
/// <param name="Main">Training images of the main task.</param>
/// <param name="Test">Test images of the main task.</param>
internal sealed record TransferTasks(IDataView Auxiliary, IDataView Main, IDataView Test);
