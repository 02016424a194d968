namespace FeatureReuse;

/// <summary>Compares a network's layers before and after finetuning.</summary>
public static class LayerComparison
{
    /// <summary>Activations of both networks that are held at once; a layer that needs more is held alone.</summary>
    private const long BytesAtOnce = 400L << 20;

    /// <summary>The signature of every layer, from the pixels to the logits.</summary>
    /// <param name="pretrained">Before finetuning; left as it is.</param>
    /// <param name="finetuned">After; left as it is.</param>
    /// <param name="images">At least two, of the shape that the networks take; the published numbers used the 1000 training images.</param>
    /// <param name="options">How to measure.</param>
    /// <exception cref="ArgumentException">The architectures differ, the images do not fit, or an option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<LayerSignature> Compare(TrainedClassifier pretrained, TrainedClassifier finetuned, ImageStore images, SignatureOptions? options = null)
    {
        options ??= new();
        options.Validate();
        RequireSame(Require.NotNull(pretrained).Network, Require.NotNull(finetuned).Network, Require.NotNull(images));
        // Copies, since batch statistics move the running ones.
        using ImageClassifier before = pretrained.Network.Copy();
        using ImageClassifier after = finetuned.Network.Copy();
        before.MoveTo(after.Device);
        if (options.ApplyRescaling)
        {
            foreach (RunRecord run in finetuned.Runs.Skip(pretrained.Runs.Count))
                run.Rescaling.Apply(before);
        }
        before.train(options.UseBatchStatistics);
        after.train(options.UseBatchStatistics);
        using IDisposable frozen = inference_mode();
        List<LayerSignature> signatures = [];
        long[] widths = WidthsOf(before).Zip(WidthsOf(after), Math.Max).ToArray();
        for (int from = 0; from < widths.Length;)
        {
            int to = from + 1;
            while (to < widths.Length && widths[from..(to + 1)].Sum() * images.Count * sizeof(float) * 2 <= BytesAtOnce)
                to++;
            using DisposeScope scope = NewDisposeScope();
            Tensor[] first = Activations(before, images, from, to, options);
            Tensor[] second = Activations(after, images, from, to, options);
            for (int layer = from; layer < to; layer++)
                signatures.Add(Signature(before, after, layer, first[layer - from], second[layer - from], options.FeatureBlock));
            from = to;
        }
        return signatures;
    }

    private static LayerSignature Signature(ImageClassifier before, ImageClassifier after, int layer, Tensor first, Tensor second, int? block)
    {
        (FeatureSpectrum spectrum, double ensd) = FeatureSpectrum.From(first, second, block);
        (double norm, double finetunedNorm, double change) = Norms(before, after, before.Layers[layer].ParameterPrefixes);
        return new(layer, before.Layers[layer].Name, spectrum.FirstPR, spectrum.SecondPR, ensd, spectrum.Overlap, norm, finetunedNorm, change);
    }

    /// <summary>Of the layers from one to another, [images, features] each.</summary>
    private static Tensor[] Activations(ImageClassifier network, ImageStore images, int from, int to, SignatureOptions options)
    {
        var kept = new Tensor[to - from];
        // One image alone has no batch statistics.
        int size = images.Count % options.BatchSize == 1 ? options.BatchSize + 1 : options.BatchSize;
        var order = new BatchOrder([.. Enumerable.Range(0, images.Count)], size, random: null);
        using var reader = new BatchReader(images, order);
        long row = 0;
        while (reader.Next() is (var batch, var labels))
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            using (batch)
            using (labels)
            {
                int layer = 0;
                foreach (Tensor activation in network.Walk(batch.to(network.Device)).Take(to))
                {
                    if (layer >= from)
                    {
                        Tensor flat = activation.flatten(1);
                        kept[layer - from] ??= empty([images.Count, flat.shape[1]], device: network.Device).MoveToOuterDisposeScope();
                        kept[layer - from].narrow(0, row, flat.shape[0]).copy_(flat);
                    }
                    layer++;
                }
                row += labels.shape[0];
            }
        }
        return kept;
    }

    private static long[] WidthsOf(ImageClassifier network)
    {
        bool isTraining = network.training;
        network.eval();
        using DisposeScope scope = NewDisposeScope();
        ImageShape shape = network.Input;
        long[] widths = [.. network.Walk(zeros([1, shape.Channels, shape.Height, shape.Width], device: network.Device)).Select(activation => activation.numel())];
        network.train(isTraining);
        return widths;
    }

    private static (double Before, double After, double Change) Norms(ImageClassifier before, ImageClassifier after, IReadOnlyList<string> prefixes)
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> finetuned = after.named_parameters().ToDictionary(parameter => parameter.name, parameter => (Tensor)parameter.parameter);
        double first = 0;
        double second = 0;
        double change = 0;
        foreach ((string name, Tensor value) in before.named_parameters().Where(parameter => prefixes.Any(prefix => parameter.name.StartsWith(prefix, StringComparison.Ordinal))))
        {
            Tensor other = finetuned[name];
            first += Square(value);
            second += Square(other);
            long rows = Math.Min(value.shape[0], other.shape[0]);
            change += Square(other.narrow(0, 0, rows).sub(value.narrow(0, 0, rows)));
        }
        return (Math.Sqrt(first), Math.Sqrt(second), Math.Sqrt(change));
    }

    private static double Square(Tensor values) => values.mul(values).sum(ScalarType.Float64).ReadDouble();

    private static void RequireSame(ImageClassifier before, ImageClassifier after, ImageStore images)
    {
        if (before.Architecture.Name != after.Architecture.Name || !before.LayerNames.SequenceEqual(after.LayerNames))
        {
            throw new ArgumentException($"The pretrained network is {before.Architecture.Name}, the finetuned one {after.Architecture.Name}; their layers can be compared only if the architecture is the same.");
        }
        if (before.Input != after.Input || images.Shape != before.Input)
        {
            throw new ArgumentException($"The images are {images.Shape}; the pretrained network takes {before.Input} and the finetuned one {after.Input}.", nameof(images));
        }
        if (images.Count < 2)
            throw new ArgumentException($"There are {images.Count} images; signatures need at least two.", nameof(images));
    }
}
