namespace FeatureReuse;

/// <summary>Measures a target on held-out images, in evaluation mode.</summary>
internal sealed class ValidationPass(Trainable target, ImageStore images, Head head, int[] rows)
{
    /// <summary>Measures the weights as they are.</summary>
    public ClassificationMetrics Measure()
    {
        target.Module.eval();
        double loss = 0;
        List<float[]> probabilities = [];
        Inference.ForEachBatch(images, new BatchOrder(rows, Inference.BatchSize, random: null), target.Device, (batch, labels) =>
        {
            Tensor logits = ImageClassifier.Slice(target.Logits(batch), head);
            loss += nn.functional.cross_entropy(logits, labels.to(target.Device)).ReadDouble() * labels.shape[0];
            probabilities.AddRange(Inference.Values(() => logits.softmax(1)).Chunk(head.ClassCount));
        });
        int[] truth = images.Labels.ToArray();
        return ClassificationMetrics.From(probabilities, [.. rows.Select(row => truth[row])], head.ClassNames) with { LogLoss = loss / rows.Length };
    }
}
