using System.Collections.Immutable;
using System.Globalization;
using TorchSharp.Modules;

namespace FeatureReuse;

/// <summary>
/// Weight rescaling (Lippl and Lindsey, arXiv 2310.02396): after pretraining, multiplying the weights by a factor moves
/// finetuning between keeping the pretrained features and learning a sparse selection of them (nested feature selection).
/// </summary>
/// <remarks>A plain factor converts by itself: <c>Rescaling = 0.125f</c> multiplies every parameter by an eighth.</remarks>
public sealed record Rescaling
{
    private const float LargestFactor = 1000;

    private Rescaling(float factor, RescaledParameters parameters, ImmutableSortedDictionary<string, float> layerFactors, float? lastFactor = null)
        => (Factor, Parameters, LayerFactors, LastFactor) = (factor, parameters, layerFactors, lastFactor);

    /// <summary>The factor 1: pretrained weights as they are.</summary>
    public static Rescaling None { get; } = All(1);

    /// <summary>The factor of the layers that <see cref="LayerFactors"/> does not name; of a profile between two factors, that of the first layer.</summary>
    public float Factor { get; }

    /// <summary>Of a profile between two factors, that of the last layer; otherwise null.</summary>
    public float? LastFactor { get; }

    /// <summary>Which parameters are multiplied.</summary>
    public RescaledParameters Parameters { get; }

    /// <summary>Factors by layer name; empty for one global factor.</summary>
    public IReadOnlyDictionary<string, float> LayerFactors { get; }

    /// <summary>Every parameter of every layer by one factor, as in the paper.</summary>
    /// <param name="factor">Above 0, at most 1000; the paper's are .125, .25, .5, 1 and 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is out of range.</exception>
    public static Rescaling All(float factor) => new(Checked(factor, "Rescaling"), RescaledParameters.All, ImmutableSortedDictionary<string, float>.Empty);

    /// <summary>The weights of convolutions and linear layers by one factor; biases and batch normalisation stay.</summary>
    /// <param name="factor">Above 0, at most 1000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is out of range.</exception>
    public static Rescaling WeightsOnly(float factor)
        => new(Checked(factor, "Rescaling"), RescaledParameters.Weights, ImmutableSortedDictionary<string, float>.Empty);

    /// <summary>
    /// A profile over depth: a factor for each layer named, 1 for the others. Smaller factors in earlier layers let features be both
    /// reused and refined (Anguita et al., arXiv 2602.20062).
    /// </summary>
    /// <param name="factors">Layer names, as <see cref="ImageClassifier.LayerNames"/> lists them, and factors above 0, at most 1000.</param>
    /// <param name="parameters">Which parameters of a layer are multiplied.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is out of range.</exception>
    public static Rescaling ByLayer(IReadOnlyDictionary<string, float> factors, RescaledParameters parameters = RescaledParameters.All)
    {
        ArgumentNullException.ThrowIfNull(factors);
        Require.Defined(parameters, nameof(parameters));
        foreach ((string layer, float factor) in factors)
            Checked(factor, $"Rescaling of layer '{layer}'");
        return new(1, parameters, factors.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    /// <summary>
    /// A profile over depth between two factors: the layers with parameters in between, from the pixels to the logits, follow in equal ratios. A smaller first factor
    /// lets features be both reused and refined (Anguita et al., arXiv 2602.20062).
    /// </summary>
    /// <param name="first">The factor of the first layer; above 0, at most 1000.</param>
    /// <param name="last">The factor of the last layer, the logits; above 0, at most 1000.</param>
    /// <param name="parameters">Which parameters of a layer are multiplied.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is out of range.</exception>
    public static Rescaling OverDepth(float first, float last = 1, RescaledParameters parameters = RescaledParameters.All)
    {
        Require.Defined(parameters, nameof(parameters));
        return new(Checked(first, "Rescaling of the first layer"), parameters, ImmutableSortedDictionary<string, float>.Empty, Checked(last, "Rescaling of the last layer"));
    }

    /// <summary>Every parameter by one factor.</summary>
    /// <param name="factor">Above 0, at most 1000.</param>
    public static implicit operator Rescaling(float factor) => All(factor);

    /// <summary>Every parameter by one factor; the same as the conversion.</summary>
    /// <param name="factor">Above 0, at most 1000.</param>
    public static Rescaling FromSingle(float factor) => All(factor);

    /// <summary>Two rescalings are equal when they multiply the same by the same.</summary>
    /// <param name="other">Another rescaling.</param>
    public bool Equals(Rescaling? other) => other is not null && Factor == other.Factor && LastFactor == other.LastFactor && Parameters == other.Parameters
        && LayerFactors.Count == other.LayerFactors.Count && LayerFactors.SequenceEqual(other.LayerFactors);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Factor, LastFactor, Parameters, LayerFactors.Count);

    /// <inheritdoc/>
    public override string ToString()
    {
        if (LayerFactors.Count > 0)
            return string.Join(", ", LayerFactors.Select(layer => $"{layer.Key} {Text(layer.Value)}"));
        string factor = LastFactor is { } last ? $"{Text(Factor)} to {Text(last)} over depth" : Text(Factor);
        return Parameters == RescaledParameters.Weights ? $"{factor} (weights only)" : factor;

        static string Text(float factor) => factor.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The largest |log factor|; 0 for the weights as they are.</summary>
    internal double DistanceFromOne => LayerFactors.Values.Append(Factor).Append(LastFactor ?? Factor).Max(factor => Math.Abs(Math.Log(factor)));

    /// <summary>Multiplies the network's parameters in place.</summary>
    /// <exception cref="ArgumentException">The profile names a layer that the network does not have, or that has no parameters.</exception>
    internal void Apply(ImageClassifier network)
    {
        RequireLayers(network);
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Parameter parameter) in network.named_parameters())
        {
            float factor = FactorOf(network, name);
            if (factor != 1 && (Parameters == RescaledParameters.All || IsWeight(name, parameter)))
                parameter.TimesInPlace(factor);
        }
    }

    /// <summary>Of a convolution or a linear layer: neither a bias, nor a normalisation's, nor a token.</summary>
    private static bool IsWeight(string name, Parameter parameter) => parameter.dim() >= 2 && name.EndsWith(".weight", StringComparison.Ordinal);

    internal void RequireLayers(ImageClassifier network)
    {
        IEnumerable<string> known = network.Layers.Where(layer => layer.ParameterPrefixes.Count > 0).Select(layer => layer.Name);
        foreach (string layer in LayerFactors.Keys)
        {
            if (!known.Contains(layer))
            {
                throw new ArgumentException($"Rescaling names the layer '{layer}'; the layers of {network.Architecture.Name} with parameters are {string.Join(", ", known)}.", nameof(network));
            }
        }
    }

    private float FactorOf(ImageClassifier network, string parameterName)
    {
        NetworkLayer[] layers = [.. network.Layers.Where(layer => layer.ParameterPrefixes.Count > 0)];
        int index = Array.FindIndex(layers, layer => layer.ParameterPrefixes.Any(prefix => parameterName.StartsWith(prefix, StringComparison.Ordinal)));
        if (LastFactor is { } last)
            return (float)(Factor * Math.Pow((double)last / Factor, index / Math.Max(1.0, layers.Length - 1)));
        return LayerFactors.TryGetValue(layers[index].Name, out float factor) ? factor : Factor;
    }

    private static float Checked(float factor, string option)
    {
        Require.Positive(factor, LargestFactor, option);
        return factor;
    }
}
