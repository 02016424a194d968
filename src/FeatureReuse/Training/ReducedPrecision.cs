namespace FeatureReuse;

/// <summary>
/// A copy of a network in 16-bit brain floats for forward and backward passes, while the network keeps 32-bit weights for the optimiser
/// (Micikevicius et al. 2018, arXiv 1710.03740; brain floats need no loss scaling). Normalisation layers stay 32-bit.
/// </summary>
internal sealed class ReducedPrecision : IDisposable
{
    private readonly ImageClassifier _copy;
    private readonly (Parameter Own, Parameter Reduced)[] _parameters;
    private readonly (Tensor Own, Tensor Reduced)[] _buffers;
    private readonly (nn.Module Own, nn.Module Reduced)[] _modules;

    /// <exception cref="NotSupportedException">The device does not support brain floats.</exception>
    public ReducedPrecision(ImageClassifier network)
    {
        _copy = network.Copy();
        try
        {
            _copy.to(ScalarType.BFloat16);
            foreach (nn.Module module in _copy.modules().Where(module => module is BatchNorm2d or LayerNorm))
                module.to(ScalarType.Float32);
            _parameters = [.. network.parameters().Zip(_copy.parameters())];
            _buffers = [.. network.buffers().Zip(_copy.buffers())];
            _modules = [.. network.modules().Zip(_copy.modules())];
            using IDisposable frozen = no_grad();
            using DisposeScope scope = NewDisposeScope();
            _copy.eval();
            ImageShape shape = network.Input;
            _copy.call(zeros([2, shape.Channels, shape.Height, shape.Width], device: network.Device));
        }
        catch (Exception failure)
        {
            _copy.Dispose();
            if (failure is not ExternalException)
                throw;
            throw new NotSupportedException($"{nameof(TrainingOptions.Precision)} is {Precision.BFloat16}, which "
                + $"{network.Architecture.Name} does not support on {network.Device} ({failure.Message.Split('\n')[0]}). "
                + $"Use {Precision.Float32}.", failure);
        }
    }

    /// <summary>Returns the logits of all heads, in 32 bits.</summary>
    public Tensor Logits(Tensor images) => _copy.call(images).to_type(ScalarType.Float32);

    /// <summary>Copies weights, buffers and modes from the network.</summary>
    public void StartStep()
    {
        using IDisposable frozen = no_grad();
        foreach ((Parameter own, Parameter reduced) in _parameters)
        {
            reduced.copy_(own);
            reduced.requires_grad = own.requires_grad;
        }
        foreach ((Tensor own, Tensor reduced) in _buffers)
            reduced.copy_(own);
        // A module passes its mode on to its children, which follow it in the list.
        foreach ((nn.Module own, nn.Module reduced) in _modules.Where(pair => pair.Own.training != pair.Reduced.training))
            reduced.train(own.training);
        _copy.zero_grad();
    }

    /// <summary>Copies gradients and running statistics to the network.</summary>
    public void Gradients()
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((Parameter own, Parameter reduced) in _parameters)
            own.grad = reduced.grad?.to_type(ScalarType.Float32);
        foreach ((Tensor own, Tensor reduced) in _buffers)
            own.copy_(reduced);
    }

    public void Dispose() => _copy.Dispose();
}
