namespace FeatureReuse;

/// <summary>Describes a classifier beside its weights; files hold it as JSON.</summary>
internal sealed record ClassifierDescription(
    string LibraryVersion, string Network, ImageShape Input, InputNormalization Normalization,
    IReadOnlyList<Head> Heads, string Head, IReadOnlyList<RunRecord> Runs)
{
    public string ToJson() => JsonSerializer.Serialize(this, ModelJson.Format);

    /// <exception cref="InvalidDataException">It is not such a description, or has values that are not allowed.</exception>
    public static ClassifierDescription Parse(string json)
        => ModelJson.Parse<ClassifierDescription>(json, description => description.Validate());

    /// <summary>Gets the number of logits of all heads.</summary>
    [JsonIgnore]
    public int LogitCount => Heads.Sum(head => head.ClassCount);

    private void Validate()
    {
        Require.InRange(Input.Channels, 1, 16, nameof(Input.Channels));
        Require.InRange(Input.Height, 1, 65_536, nameof(Input.Height));
        Require.InRange(Input.Width, 1, 65_536, nameof(Input.Width));
        Normalization.Validate();
        int start = 0;
        foreach (Head head in Heads)
        {
            if (head.Start != start || head.ClassCount < 1 || head.ClassNames.Any(name => name is null))
            {
                throw new ArgumentException($"head '{head.Name}' with {head.ClassCount} classes starts at logit {head.Start}; "
                    + "heads follow one another without gaps");
            }
            start += head.ClassCount;
        }
        if (Heads.Select(head => head.Name).Distinct().Count() != Heads.Count || Heads.All(head => head.Name != Head))
            throw new ArgumentException($"there is not exactly one head '{Head}'");
        foreach (TrainingRun run in Runs.OfType<TrainingRun>())
        {
            run.Options.Validate();
            run.TaskMixing?.Validate();
        }
    }
}
