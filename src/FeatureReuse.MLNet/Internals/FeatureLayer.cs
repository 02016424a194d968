namespace FeatureReuse;

/// <summary>Describes whose activations are read, from the images of which column, into which column.</summary>
internal sealed record FeatureLayer(string Name, int Width, string OutputColumnName, string InputColumnName)
{
    /// <summary>Returns the number of activations of a layer for one image.</summary>
    public static int WidthOf(ImageClassifier network, string layerName)
        => (int)Inference.LayerWidths(network)[network.LayerNames.ToList().IndexOf(layerName)];
}
