namespace Papers.Running;

/// <summary>One run: a line of a CSV file.</summary>
/// <typeparam name="TSelf">The type of the row.</typeparam>
internal interface IResult<TSelf>
{
    /// <summary>Gets the row without its results; rows of the same run have equal jobs.</summary>
    TSelf Job { get; }
}
