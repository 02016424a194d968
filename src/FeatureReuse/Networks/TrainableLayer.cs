namespace FeatureReuse;

/// <summary>A layer with parameters, which can have its own learning rate.</summary>
/// <param name="Name">The name in options.</param>
/// <param name="Parameters">At least one.</param>
/// <param name="Modules">Its modules, whose running statistics stay as they are while the layer is frozen.</param>
internal sealed record TrainableLayer(string Name, IReadOnlyList<Parameter> Parameters, IReadOnlyList<nn.Module> Modules)
{
    /// <summary>Freezes the layer, or lets it learn.</summary>
    public void SetLearning(bool learns)
    {
        foreach (Parameter parameter in Parameters)
            parameter.requires_grad = learns;
        foreach (nn.Module module in Modules)
            module.train(learns);
    }
}
