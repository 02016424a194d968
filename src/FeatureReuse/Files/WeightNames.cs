namespace FeatureReuse;

/// <summary>Translates the names of a network's tensors to and from those that torchvision, timm and custom modules use.</summary>
internal static class WeightNames
{
    private const string CustomPrefix = "network.";

    /// <summary>timm's names of the vision transformer's tensors where they are not this library's.</summary>
    private static readonly (string Own, string Timm)[] Timm = [("patch_embed.", "patch_embed.proj."), ("fc.", "head.")];

    /// <summary>Gets the name under which a tensor is written: that of a custom module without the prefix that it has here.</summary>
    public static string Exported(ImageClassifier network, string name)
        => network is CustomClassifier && name.StartsWith(CustomPrefix, StringComparison.Ordinal) ? name[CustomPrefix.Length..] : name;

    /// <summary>Gets the network's name of a file's tensor; the file's own where the network knows none like it.</summary>
    public static string Imported(ImageClassifier network, string name)
    {
        if (network is CustomClassifier)
            return CustomPrefix + name;
        if (network is not VisionTransformer)
            return name;
        (string own, string timm) = Timm.FirstOrDefault(pair => name.StartsWith(pair.Timm, StringComparison.Ordinal), (Own: "", Timm: ""));
        return own + name[timm.Length..];
    }
}
