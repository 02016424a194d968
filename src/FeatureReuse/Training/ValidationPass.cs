namespace FeatureReuse;

/// <summary>Measures what is trained on held-out images, in evaluation mode.</summary>
internal sealed class ValidationPass(Trainable target, ImageStore images, Head head, int[] rows)
{
    private const int BatchSize = 256;

    /// <summary>The metrics of the weights as they are, or of their average where there is one; the weights stay.</summary>
    public ClassificationMetrics Measure(WeightSnapshot? average)
    {
        using WeightSnapshot? own = average is null ? null : new(target.Module);
        own?.Take();
        average?.Restore();
        ClassificationMetrics metrics = Measure();
        own?.Restore();
        return metrics;
    }

    private ClassificationMetrics Measure()
    {
        target.Module.eval();
        using IDisposable frozen = inference_mode();
        var order = new BatchOrder(rows, BatchSize, random: null);
        using var reader = new BatchReader(images, order);
        double loss = 0;
        List<float[]> probabilities = [];
        List<int> truth = [];
        while (reader.Next() is (var batch, var labels))
        {
            using DisposeScope scope = NewDisposeScope();
            using (batch)
            using (labels)
            {
                Tensor targets = labels.to(target.Device);
                Tensor logits = ImageClassifier.Slice(target.Logits(batch.to(target.Device)), head);
                loss += nn.functional.cross_entropy(logits, targets).ReadDouble() * labels.shape[0];
                probabilities.AddRange(logits.softmax(1).cpu().contiguous().data<float>().ToArray().Chunk(head.ClassCount));
                truth.AddRange(labels.data<long>().ToArray().Select(label => (int)label));
            }
        }
        return ClassificationMetrics.From(probabilities, truth, head.ClassNames) with { LogLoss = loss / rows.Length };
    }
}
