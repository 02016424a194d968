using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Networks;

/// <summary>What PyTorch makes of a network whose weights and images follow Goldens/formula.py.</summary>
internal sealed class NetworkGolden(string file)
{
    private readonly string[] _lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Networks", "Goldens", file));

    public void RequireNames(ImageClassifier network)
    {
        string[] expected = [.. _lines.Where(line => line.StartsWith("name ", StringComparison.Ordinal)).Select(line => line[5..])
            .Order(StringComparer.Ordinal)];
        string[] actual = [.. network.state_dict()
            .Select(entry => string.Join(' ', [entry.Key, .. entry.Value.shape.Select(size => $"{size}")])).Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(expected, actual);
    }

    public void RequireLogits(ImageClassifier network)
    {
        network.eval();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        foreach ((string name, Tensor value) in network.state_dict())
            Fill(name, value);
        Tensor pixels = Formula([2, 3, 32, 32], 0).add(1).mul(127.5).to_type(ScalarType.Byte);
        double[] expected = [.. _lines.Where(line => line.StartsWith("logits ", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..]).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        TensorAssert.AreClose(expected, TensorAssert.Values(network.call(pixels)), rtol: 1e-4, atol: 2e-5, "logits");
    }

    private static void Fill(string name, Tensor value)
    {
        if (value.dtype != ScalarType.Float32)
            return;
        Tensor wave = Formula(value.shape, name.Length);
        wave = value.dim() >= 2 ? wave.mul(Math.Sqrt(6.0 / value.shape[1..].Aggregate((a, b) => a * b)))
            : name.EndsWith("running_var", StringComparison.Ordinal) ? wave.mul(.5).add(1)
            : name.EndsWith("weight", StringComparison.Ordinal) ? wave.mul(.2).add(1)
            : wave.mul(.1);
        value.copy_(wave);
    }

    private static Tensor Formula(long[] shape, double phase)
    {
        double[] wave =
            [.. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(i => Math.Sin(i * 12.9898 + phase) * 43758.5453)];
        return tensor([.. wave.Select(value => 2 * (value - Math.Floor(value)) - 1)], shape);
    }
}
