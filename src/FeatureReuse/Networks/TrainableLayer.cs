namespace FeatureReuse;

/// <summary>A layer with parameters, and its modules, whose running statistics stay as they are while the layer is frozen.</summary>
internal sealed record TrainableLayer(string Name, IReadOnlyList<Parameter> Parameters, IReadOnlyList<nn.Module> Modules)
{
    public void SetLearning(bool learns)
    {
        foreach (Parameter parameter in Parameters)
            parameter.requires_grad = learns;
        foreach (nn.Module module in Modules)
            module.train(learns);
    }
}
