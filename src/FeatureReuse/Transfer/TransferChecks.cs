namespace FeatureReuse;

/// <summary>What the steps of transfer check before they train.</summary>
internal static class TransferChecks
{
    /// <exception cref="ArgumentException">An option is out of its range, or there are too few images or classes.</exception>
    public static void Require(ImageStore images, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (images.Count == 0)
            throw new ArgumentException("There are no labelled images to train on.", nameof(images));
        int[] counts = images.CountByClass();
        int[] present = [.. Enumerable.Range(0, counts.Length).Where(c => counts[c] > 0)];
        if (present.Length < 2)
        {
            throw new ArgumentException($"All {images.Count} labelled images are of one class, '{images.ClassNames[present[0]]}'; training needs at least two.", nameof(images));
        }
        if (images.Count < counts.Length)
        {
            throw new ArgumentException($"There are {images.Count} labelled images for {counts.Length} classes; training needs at least as many images as classes.", nameof(images));
        }
    }

    /// <exception cref="ArgumentException">The images are of another shape than the network takes.</exception>
    public static void RequireShape(TrainedClassifier pretrained, ImageStore images)
    {
        if (images.Shape != pretrained.Network.Input)
        {
            throw new ArgumentException($"The images are {images.Shape}; the pretrained network takes {pretrained.Network.Input}.", nameof(images));
        }
    }

    /// <summary>Disposes the network if the options do not fit its layers.</summary>
    /// <exception cref="ArgumentException">The options name an unknown layer, or freeze all.</exception>
    public static void RequireLayers(ImageClassifier network, TrainingOptions options)
    {
        string[] known = [.. network.Layers.Where(layer => layer.ParameterPrefixes.Count > 0).Select(layer => layer.Name)];
        string? unknown = options.LayerLearningRateFactors.Keys.FirstOrDefault(name => !known.Contains(name));
        string? wrong = unknown is not null
            ? $"{nameof(TrainingOptions.LayerLearningRateFactors)} names the layer '{unknown}'; the layers of {network.Architecture.Name} with parameters are {string.Join(", ", known)}."
            : known.All(name => options.LayerLearningRateFactors.TryGetValue(name, out double factor) && factor == 0)
                ? $"{nameof(TrainingOptions.LayerLearningRateFactors)} freezes every layer of {network.Architecture.Name}; at least one must learn."
                : null;
        if (wrong is not null)
        {
            network.Dispose();
            throw new ArgumentException(wrong, nameof(options));
        }
    }

    /// <summary>The first of many names, for a message.</summary>
    public static string Sample(IReadOnlyList<string> names) => names.Count <= 3 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(3))}, ... {names.Count} in all";
}
