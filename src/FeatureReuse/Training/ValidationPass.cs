namespace FeatureReuse;

/// <summary>Measures a target on held-out images, in evaluation mode.</summary>
internal sealed class ValidationPass(Trainable target, ImageStore images, Head head, int[] rows)
{
    private const int BatchSize = 256;

    /// <summary>Measures the weights as they are.</summary>
    public ClassificationMetrics Measure()
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
