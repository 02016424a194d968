using static TorchSharp.torch;

namespace FeatureReuse;

/// <summary>A custom network of two linear layers.</summary>
internal static class LinearNetwork
{
    public static NetworkArchitecture Create(string name) => NetworkArchitecture.Create(name, new()
    {
        CreateModule = (shape, logits)
            => nn.Sequential(("body", nn.Sequential(nn.Flatten(), nn.Linear(shape.Size, 4))), ("head", nn.Linear(4, logits))),
        LayerNames = ["body"],
        HeadName = "head",
    });
}
