namespace FeatureReuse;

/// <summary>
/// Configures random changes of training images, made on the device: crop, flip, colours, cutout and mixup. Scoring and validation use the
/// images as they are.
/// </summary>
/// <example><code>
/// var training = new TrainingOptions { Augmentation = Augmentation.Standard with { CutoutSize = 8 } };
/// </code></example>
public sealed record Augmentation
{
    /// <summary>Gets the usual settings for 32x32 images: crops after padding by 4 pixels, and flips with probability .5.</summary>
    public static Augmentation Standard { get; } = new() { CropPadding = 4, FlipProbability = .5 };

    /// <summary>
    /// Gets the number of black pixels added on each side before a random crop to the original size; often an eighth of the side. Default
    /// 0; 0 to 256.
    /// </summary>
    public int CropPadding { get; init; }

    /// <summary>Gets the probability of a horizontal flip. Use .5 unless left and right matter, as in digits. Default 0; 0 to 1.</summary>
    public double FlipProbability { get; init; }

    /// <summary>
    /// Gets the range b of brightness: each image is multiplied by a random factor from 1 - b to 1 + b. Use .2 to .4 if lighting varies.
    /// Default 0; 0 to 1.
    /// </summary>
    public double Brightness { get; init; }

    /// <summary>
    /// Gets the range c of contrast: the distance to the image's mean grey is multiplied by a random factor from 1 - c to 1 + c. Default 0;
    /// 0 to 1.
    /// </summary>
    public double Contrast { get; init; }

    /// <summary>
    /// Gets the range s of saturation: in colour images, the distance to each pixel's grey is multiplied by a random factor from 1 - s to
    /// 1 + s. Leave it at 0 if colours tell the classes apart. Default 0; 0 to 1.
    /// </summary>
    public double Saturation { get; init; }

    /// <summary>
    /// Gets the side of a square around a random pixel that is filled with the mean colour (DeVries and Taylor 2017, arXiv 1708.04552). A
    /// quarter to half of the image's side is usual. Default 0; 0 to 1024.
    /// </summary>
    public int CutoutSize { get; init; }

    /// <summary>
    /// Gets m of mixup: each image and its loss are mixed with another image of the batch by a share drawn from Beta(m, m) (Zhang et al.
    /// 2018, arXiv 1710.09412). Use .1 to .4 for long training of large networks; training accuracy is then of little use. Default 0; 0
    /// to 1.
    /// </summary>
    public double MixUp { get; init; }

    internal void Validate()
    {
        Require.InRange(CropPadding, 0, 256, $"Augmentation.{nameof(CropPadding)}");
        Require.InRange(FlipProbability, 0, 1, $"Augmentation.{nameof(FlipProbability)}");
        Require.InRange(Brightness, 0, 1, $"Augmentation.{nameof(Brightness)}");
        Require.InRange(Contrast, 0, 1, $"Augmentation.{nameof(Contrast)}");
        Require.InRange(Saturation, 0, 1, $"Augmentation.{nameof(Saturation)}");
        Require.InRange(CutoutSize, 0, 1024, $"Augmentation.{nameof(CutoutSize)}");
        Require.InRange(MixUp, 0, 1, $"Augmentation.{nameof(MixUp)}");
    }
}
