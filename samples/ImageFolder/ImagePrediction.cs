namespace ImageFolder;

/// <summary>The columns that a prediction returns.</summary>
internal sealed class ImagePrediction
{
    public string PredictedLabel { get; set; } = "";

    public float[] Score { get; set; } = [];
}
