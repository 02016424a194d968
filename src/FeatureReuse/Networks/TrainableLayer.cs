using TorchSharp.Modules;

namespace FeatureReuse;

/// <summary>A layer that can learn at a rate of its own.</summary>
/// <param name="Name">As options name it.</param>
/// <param name="Parameters">At least one.</param>
/// <param name="Modules">What holds running statistics, which rest while the layer is frozen.</param>
internal sealed record TrainableLayer(string Name, IReadOnlyList<Parameter> Parameters, IReadOnlyList<torch.nn.Module> Modules)
{
    /// <summary>Whether the layer learns in the epoch that begins.</summary>
    public void SetLearning(bool learns)
    {
        foreach (Parameter parameter in Parameters)
            parameter.requires_grad = learns;
        foreach (torch.nn.Module module in Modules)
            module.train(learns);
    }
}
