namespace FeatureReuse;

/// <summary>Checks the arguments of the steps of transfer.</summary>
internal static class TransferChecks
{
    /// <exception cref="ArgumentException">An option is out of its range, or there are too few images or classes.</exception>
    public static void RequireTrainable(ImageStore images, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(images);
        Require.NotNull(options).Validate();
        int[] counts = images.CountByClass();
        int count = images.Count;
        string? wrong = count == 0 ? "There are no labelled images to train on."
            : counts.Max() == count
                ? $"All {count} labelled images are of one class, '{images.ClassNames[images.Labels[0]]}'; training needs at least two."
            : count < counts.Length
                ? $"There are {count} labelled images for {counts.Length} classes; training needs at least as many images as classes."
            : null;
        if (wrong is not null)
            throw new ArgumentException(wrong, nameof(images));
    }

    /// <exception cref="ArgumentException">The network takes another shape, or has a head of this name for other classes.</exception>
    public static void RequireFit(TrainedClassifier pretrained, ImageStore images, string task)
    {
        RequireShape(pretrained, images);
        if (pretrained.Network.Heads.FirstOrDefault(head => head.Name == task) is { ClassNames: var classes }
            && !classes.SequenceEqual(images.ClassNames))
        {
            throw new ArgumentException($"The pretrained network has a head '{task}' for other classes ({Sample(classes)}; "
                + $"the images have {Sample(images.ClassNames)}). Give the task another name.", nameof(task));
        }
    }

    /// <exception cref="ArgumentException">The network takes images of another shape.</exception>
    public static void RequireShape(TrainedClassifier pretrained, ImageStore images)
    {
        ImageShape shape = Require.NotNull(pretrained).Network.Input;
        if (Require.NotNull(images).Shape != shape)
            throw new ArgumentException($"The images are {images.Shape}; the pretrained network takes {shape}.", nameof(images));
    }

    /// <exception cref="ArgumentException">A linear probe does not have an option.</exception>
    public static void RequireProbe(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string? wrong = options.Augmentation is not null ? nameof(options.Augmentation)
            : options.Precision != Precision.Float32 ? nameof(options.Precision) : null;
        if (wrong is not null)
        {
            throw new ArgumentException($"{wrong} is given for a linear probe, which computes its features once and trains only the "
                + "readout. Leave it out.", nameof(options));
        }
    }

    /// <exception cref="ArgumentException">The options name an unknown layer, or freeze all that train at first.</exception>
    public static void RequireLearningLayers(ImageClassifier network, TrainingOptions options, bool isProbe)
    {
        const string Option = nameof(TrainingOptions.LayerLearningRateFactors);
        network.RequireLayersWithParameters(options.LayerLearningRateFactors.Keys, Option);
        if (network.LayersWithParameters.All(layer => options.FactorOf(layer.Name) == 0))
        {
            throw new ArgumentException(
                $"{Option} freezes every layer of {network.Architecture.Name}; at least one must learn.", nameof(options));
        }
        string readout = network.LayerNames[^1];
        if ((isProbe || options.GradualUnfreezingEpochs is not null) && options.FactorOf(readout) == 0)
        {
            string step = isProbe ? "a linear probe trains it alone" : $"{nameof(options.GradualUnfreezingEpochs)} starts with it";
            throw new ArgumentException($"{Option} freezes the layer '{readout}', but {step}. Leave it out.", nameof(options));
        }
    }

    private static string Sample(IReadOnlyList<string> names)
        => names.Count <= 3 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(3))}, ... {names.Count} in all";
}
