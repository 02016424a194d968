namespace FeatureReuse;

/// <summary>Compares a network's layers before and after finetuning.</summary>
internal static class LayerComparison
{
    /// <summary>The size of both networks' activations that are held at once; a layer that needs more is held alone.</summary>
    private const long BytesAtOnce = 400L << 20;

    /// <summary>Measures the signature of every layer on at least two images, after rescaling a copy of the pretrained network.</summary>
    public static IReadOnlyList<LayerSignature> Compare(
        ImageClassifier pretrained, ImageClassifier finetuned, ImageStore images, SignatureOptions options, Action<ImageClassifier> rescale)
    {
        options.Validate();
        RequireSame(pretrained, finetuned, images);
        // Copies, since batch statistics change the running ones.
        using ImageClassifier before = pretrained.Copy();
        using ImageClassifier after = finetuned.Copy();
        before.MoveTo(after.Device);
        if (options.ApplyRescaling)
            rescale(before);
        before.eval();
        after.eval();
        long[] widths = [.. Inference.LayerWidths(before).Zip(Inference.LayerWidths(after), Math.Max)];
        before.train(options.UseBatchStatistics);
        after.train(options.UseBatchStatistics);
        using IDisposable frozen = inference_mode();
        List<LayerSignature> signatures = [];
        for (int from = 0; from < widths.Length;)
        {
            int to = from + 1;
            while (to < widths.Length && widths[from..(to + 1)].Sum() * images.Count * sizeof(float) * 2 <= BytesAtOnce)
                to++;
            using DisposeScope scope = NewDisposeScope();
            Tensor[] first = Activations(before, images, from, to, options);
            Tensor[] second = Activations(after, images, from, to, options);
            for (int i = from; i < to; i++)
                signatures.Add(Signature(i, before, after, FeatureSpectrum.From(first[i - from], second[i - from], options.FeatureBlock)));
            from = to;
        }
        return signatures;
    }

    private static LayerSignature Signature(int index, ImageClassifier before, ImageClassifier after, FeatureSpectrum features)
    {
        NetworkLayer layer = before.Layers[index];
        using DisposeScope scope = NewDisposeScope();
        double norm = 0;
        double finetunedNorm = 0;
        double change = 0;
        foreach (((_, Parameter value), (_, Parameter other)) in before.ParametersOf(layer).Zip(after.ParametersOf(after.Layers[index])))
        {
            norm += FeatureSpectrum.SumOfSquares(value);
            finetunedNorm += FeatureSpectrum.SumOfSquares(other);
            // A head that has grown is compared as far as both have it.
            long rows = Math.Min(value.shape[0], other.shape[0]);
            change += FeatureSpectrum.SumOfSquares(other.narrow(0, 0, rows).sub(value.narrow(0, 0, rows)));
        }
        return new(index, layer.Name, features.FirstPR, features.SecondPR, features.Ensd, features.Overlap, Math.Sqrt(norm),
            Math.Sqrt(finetunedNorm), Math.Sqrt(change));
    }

    /// <summary>Computes the activations of the layers from one to another, [images, features] each.</summary>
    private static Tensor[] Activations(ImageClassifier network, ImageStore images, int from, int to, SignatureOptions options)
    {
        var kept = new Tensor[to - from];
        // A single image has no batch statistics.
        int size = images.Count % options.BatchSize == 1 ? options.BatchSize + 1 : options.BatchSize;
        long row = 0;
        Inference.ForEachBatch(images, BatchOrder.Sequential(images.Count, size), network.Device, (batch, labels) =>
        {
            foreach ((int layer, Tensor activation) in network.Walk(batch).Take(to).Index().Skip(from))
            {
                Tensor flat = activation.flatten(1);
                kept[layer - from] ??= empty([images.Count, flat.shape[1]], device: network.Device).MoveToOuterDisposeScope();
                kept[layer - from].narrow(0, row, flat.shape[0]).copy_(flat);
            }
            row += labels.shape[0];
        }, options.CancellationToken);
        return kept;
    }

    private static void RequireSame(ImageClassifier before, ImageClassifier after, ImageStore images)
    {
        if (before.Architecture.Name != after.Architecture.Name || !before.LayerNames.SequenceEqual(after.LayerNames))
        {
            throw new ArgumentException($"The pretrained network is {before.Architecture.Name}, the finetuned one "
                + $"{after.Architecture.Name}; layers can be compared only if the architecture is the same.");
        }
        if (before.Input != after.Input || images.Shape != before.Input)
        {
            throw new ArgumentException(
                $"The images are {images.Shape}; the pretrained network takes {before.Input} and the finetuned one {after.Input}.");
        }
        if (images.Count < 2)
            throw new ArgumentException($"There are {images.Count} images; signatures need at least two.", nameof(images));
    }
}
