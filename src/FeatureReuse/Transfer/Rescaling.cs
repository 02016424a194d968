using System.Collections.Immutable;

namespace FeatureReuse;

/// <summary>
/// Specifies the factors that multiply the weights after pretraining. The factor moves finetuning between keeping the pretrained features
/// and learning a sparse selection of them, nested feature selection (Lippl and Lindsey, arXiv 2310.02396).
/// </summary>
/// <remarks>A plain factor converts implicitly: <c>Rescaling = 0.125f</c> multiplies every parameter by an eighth.</remarks>
public sealed record Rescaling
{
    private const float LargestFactor = 1000;
    private static readonly ImmutableSortedDictionary<string, float> NoLayers = ImmutableSortedDictionary<string, float>.Empty;

    /// <summary>Checks the factors, also those of a file.</summary>
    [JsonConstructor]
    private Rescaling(
        float factor, RescaledParameters parameters, IReadOnlyDictionary<string, float> layerFactors, float? lastFactor = null)
    {
        Require.Defined(parameters, nameof(parameters));
        Require.Positive(factor, LargestFactor, lastFactor is null ? nameof(Rescaling) : $"{nameof(Rescaling)} of the first layer");
        Require.Positive(lastFactor ?? 1, LargestFactor, $"{nameof(Rescaling)} of the last layer");
        foreach ((string layer, float own) in layerFactors)
            Require.Positive(own, LargestFactor, $"{nameof(Rescaling)} of layer '{layer}'");
        LayerFactors = layerFactors.ToImmutableSortedDictionary(StringComparer.Ordinal);
        (Factor, Parameters, LastFactor) = (factor, parameters, lastFactor);
    }

    /// <summary>Gets the factor 1: pretrained weights are not changed.</summary>
    public static Rescaling None { get; } = All(1);

    /// <summary>Gets the factor of layers without one of their own; for a profile between two factors, that of the first layer.</summary>
    [JsonInclude]
    public float Factor { get; private init; }

    /// <summary>Gets which parameters are multiplied.</summary>
    [JsonInclude]
    public RescaledParameters Parameters { get; private init; }

    /// <summary>Gets the factors by layer name; empty for one global factor.</summary>
    [JsonInclude, JsonPropertyName("Layers")]
    public IReadOnlyDictionary<string, float> LayerFactors { get; private init; }

    /// <summary>Gets the factor of the last layer for a profile between two factors; otherwise null.</summary>
    [JsonInclude, JsonPropertyName("Last")]
    public float? LastFactor { get; private init; }

    /// <summary>Multiplies every parameter of every layer by one factor, as in the paper. Its factors are .125, .25, .5, 1 and 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not above 0, or above 1000.</exception>
    public static Rescaling All(float factor) => new(factor, RescaledParameters.All, NoLayers);

    /// <summary>Multiplies the weights of convolutions and linear layers by one factor, without biases and batch normalisation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not above 0, or above 1000.</exception>
    public static Rescaling WeightsOnly(float factor) => new(factor, RescaledParameters.Weights, NoLayers);

    /// <summary>
    /// Multiplies each named layer by its factor; names are those of <see cref="ImageClassifier.LayerNames"/>. Smaller factors in earlier
    /// layers let features be both reused and refined (Anguita et al., arXiv 2602.20062).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A factor is not above 0, or above 1000.</exception>
    public static Rescaling ByLayer(IReadOnlyDictionary<string, float> factors, RescaledParameters parameters = RescaledParameters.All)
        => new(1, parameters, Require.NotNull(factors));

    /// <summary>
    /// Multiplies the first layer by one factor, the last, the logits, by another, and the layers in between in equal ratios. A smaller
    /// first factor lets features be both reused and refined (Anguita et al., arXiv 2602.20062).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A factor is not above 0, or above 1000.</exception>
    public static Rescaling OverDepth(float first, float last = 1, RescaledParameters parameters = RescaledParameters.All)
        => new(first, parameters, NoLayers, last);

    /// <summary>Multiplies every parameter by one factor.</summary>
    public static implicit operator Rescaling(float factor) => All(factor);

    /// <summary>Returns whether both multiply the same parameters by the same factors.</summary>
    public bool Equals(Rescaling? other) => other is not null && Factor == other.Factor && LastFactor == other.LastFactor
        && Parameters == other.Parameters && LayerFactors.SequenceEqual(other.LayerFactors);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Factor, LastFactor, Parameters, LayerFactors.Count);

    /// <inheritdoc/>
    public override string ToString()
    {
        if (LayerFactors.Count > 0)
            return string.Join(", ", LayerFactors.Select(layer => $"{layer.Key} {Text(layer.Value)}"));
        string factor = LastFactor is { } last ? $"{Text(Factor)} to {Text(last)} over depth" : Text(Factor);
        return Parameters == RescaledParameters.Weights ? $"{factor} (weights only)" : factor;
    }

    /// <summary>Gets the largest |log factor|; 0 if weights are not changed.</summary>
    internal double DistanceFromOne
        => LayerFactors.Values.Append(Factor).Append(LastFactor ?? Factor).Max(factor => Math.Abs(Math.Log(factor)));

    /// <summary>Multiplies the network's parameters in place.</summary>
    /// <exception cref="ArgumentException">The profile names a layer that the network does not have, or that has no parameters.</exception>
    internal void Apply(ImageClassifier network)
    {
        RequireLayers(network);
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        IReadOnlyList<NetworkLayer> layers = network.LayersWithParameters;
        foreach ((int index, NetworkLayer layer) in layers.Index())
        {
            float factor = FactorOf(layer.Name, index, layers.Count);
            foreach ((string name, Parameter parameter) in network.ParametersOf(layer))
            {
                // A convolution or linear layer has such a weight; biases, normalisations and tokens are something else.
                bool isWeight = parameter.dim() >= 2 && name.EndsWith(".weight", StringComparison.Ordinal);
                if (factor != 1 && (Parameters == RescaledParameters.All || isWeight))
                    parameter.TimesInPlace(factor);
            }
        }
    }

    internal void RequireLayers(ImageClassifier network) => network.RequireLayersWithParameters(LayerFactors.Keys, nameof(Rescaling));

    private float FactorOf(string layer, int index, int count)
        => LastFactor is { } last ? (float)(Factor * Math.Pow((double)last / Factor, index / Math.Max(1.0, count - 1)))
            : LayerFactors.GetValueOrDefault(layer, Factor);

    private static string Text(float factor) => factor.ToString(CultureInfo.InvariantCulture);
}
