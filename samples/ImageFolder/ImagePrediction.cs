namespace ImageFolder;

/// <summary>What the pipeline says about an image.</summary>
internal sealed class ImagePrediction
{
    public string PredictedLabel { get; set; } = "";

    public float[] Score { get; set; } = [];
}
