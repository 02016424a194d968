namespace FeatureReuse;

/// <summary>
/// Random changes of training images, made on the device, each image for itself: crop, flip, colours, cutout, and mixing of two. Scoring and validation see the images as they are.
/// </summary>
/// <example><code>
/// var training = new TrainingOptions { Augmentation = Augmentation.Standard with { CutoutSize = 8 } };
/// </code></example>
public sealed record Augmentation
{
    /// <summary>What is customary for 32x32 images: crops after a padding of 4 pixels, and flips of every other image.</summary>
    public static Augmentation Standard { get; } = new() { CropPadding = 4, FlipProbability = .5 };

    /// <summary>
    /// Pads the image with black by so many pixels on each side and takes a part of the old size from anywhere in it. Use it where objects are not always in the middle;
    /// an eighth of the side is customary. Default 0; 0 to 256.
    /// </summary>
    public int CropPadding { get; init; }

    /// <summary>How often an image is mirrored left to right. Use .5 unless left and right matter, as for digits and signs. Default 0; 0 to 1.</summary>
    public double FlipProbability { get; init; }

    /// <summary>Multiplies all pixels by 1 - b to 1 + b. Use .2 to .4 where lighting varies. Default 0; 0 to 1.</summary>
    public double Brightness { get; init; }

    /// <summary>Multiplies the distance to the image's mean grey by 1 - c to 1 + c. Default 0; 0 to 1.</summary>
    public double Contrast { get; init; }

    /// <summary>Multiplies the distance to each pixel's grey by 1 - s to 1 + s; images of three channels only. Use it unless colour tells the classes apart. Default 0; 0 to 1.</summary>
    public double Saturation { get; init; }

    /// <summary>
    /// Blanks a square of this side around a random pixel with the mean colour (DeVries and Taylor 2017, arXiv 1708.04552). Use a quarter to half of the image's side where the
    /// network relies on one detail. Default 0: none; 0 to 1024.
    /// </summary>
    public int CutoutSize { get; init; }

    /// <summary>
    /// Mixes each image with another one of its batch, and their losses, by a share drawn from Beta(m, m) (Zhang et al. 2018, arXiv 1710.09412). Use .1 to .4 for long
    /// training of large networks; the training accuracy then says little. Default 0: none; 0 to 1.
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
