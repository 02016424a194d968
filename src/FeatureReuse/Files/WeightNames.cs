namespace FeatureReuse;

/// <summary>What the tensors of a network are called in files of other programs: as torchvision and timm call them.</summary>
internal static class WeightNames
{
    private const string CustomPrefix = "network.";

    /// <summary>timm's names where they are not ours.</summary>
    private static readonly (string Own, string Timm)[] Timm = [("patch_embed.", "patch_embed.proj."), ("fc.", "head.")];

    /// <summary>The name under which a tensor is written: without the prefix that modules of one's own have here.</summary>
    public static string Exported(ImageClassifier network, string name)
        => network is CustomClassifier && name.StartsWith(CustomPrefix, StringComparison.Ordinal) ? name[CustomPrefix.Length..] : name;

    /// <summary>The network's name of a file's tensor; the file's own where the network knows none like it.</summary>
    public static string Imported(ImageClassifier network, string name)
    {
        if (network is CustomClassifier)
            return CustomPrefix + name;
        if (network is VisionTransformer)
        {
            foreach ((string own, string timm) in Timm)
            {
                if (name.StartsWith(timm, StringComparison.Ordinal))
                    return own + name[timm.Length..];
            }
        }
        return name;
    }
}
