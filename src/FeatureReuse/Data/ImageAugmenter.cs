namespace FeatureReuse;

/// <summary>
/// Augments batches of images [n, channels, height, width], bytes or floats on any device. Draws depend only on the seed and the step.
/// </summary>
internal sealed class ImageAugmenter(Augmentation options, InputNormalization normalization, int seed)
{
    /// <summary>The weights of red, green and blue in grey (ITU-R BT.601).</summary>
    private static readonly float[] GreyWeights = [.299f, .587f, .114f];

    /// <summary>Returns the augmented batch of a task in a step of the run, in the dispose scope of the caller.</summary>
    public AugmentedBatch Apply(Tensor images, long step, int task)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        var random = new SeededRandom(((long)seed << 24) + (step << 1) + task, RandomStream.Augmentation);
        Tensor x = CropAndFlip(images, random);
        if (options.Brightness > 0 || options.Contrast > 0 || options.Saturation > 0)
            x = Jitter(x.to_type(ScalarType.Float32), random);
        if (options.CutoutSize > 0)
            x = Cutout(x.to_type(ScalarType.Float32), random);
        if (options.MixUp == 0)
            return new(ReferenceEquals(x, images) ? x : x.MoveToOuterDisposeScope(), 1, null);
        double share = Beta(options.MixUp, random);
        long[] others = [.. Enumerable.Range(0, (int)x.shape[0]).Select(row => (long)row)];
        random.Shuffle<long>(others);
        Tensor partners = tensor(others).to(x.device);
        x = x.to_type(ScalarType.Float32);
        Tensor mixed = x.Times(share).PlusInPlace(x.index_select(0, partners), 1 - share);
        return new(mixed.MoveToOuterDisposeScope(), share, partners.MoveToOuterDisposeScope());
    }

    private Tensor CropAndFlip(Tensor x, SeededRandom random)
    {
        int padding = options.CropPadding;
        if (padding == 0 && options.FlipProbability == 0)
            return x;
        (long n, long channels, long height, long width) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        var rows = new long[n * height];
        var columns = new long[n * width];
        for (int image = 0; image < n; image++)
        {
            int top = random.Next(2 * padding + 1);
            int left = random.Next(2 * padding + 1);
            bool flip = random.Between(0, 1) < options.FlipProbability;
            for (int i = 0; i < height; i++)
                rows[image * height + i] = top + i;
            for (int i = 0; i < width; i++)
                columns[image * width + i] = left + (flip ? width - 1 - i : i);
        }
        Tensor padded = zeros([n, channels, height + 2 * padding, width + 2 * padding], dtype: x.dtype, device: x.device);
        padded.narrow(2, padding, height).narrow(3, padding, width).copy_(x);
        Tensor byRow = tensor(rows, n, 1, height, 1).to(x.device).expand(n, channels, height, width + 2 * padding);
        Tensor byColumn = tensor(columns, n, 1, 1, width).to(x.device).expand(n, channels, height, width);
        return padded.gather(2, byRow).gather(3, byColumn);
    }

    private Tensor Jitter(Tensor x, SeededRandom random)
    {
        // Factors are drawn whether they are used or not, so that one option does not change the others.
        Tensor Factors(double range)
        {
            float[] factors = [.. Enumerable.Range(0, (int)x.shape[0]).Select(_ => random.Between((float)(1 - range), (float)(1 + range)))];
            return tensor(factors, x.shape[0], 1, 1, 1).to(x.device);
        }
        (Tensor brightness, Tensor contrast, Tensor saturation)
            = (Factors(options.Brightness), Factors(options.Contrast), Factors(options.Saturation));
        float maximum = normalization.PixelMaximum;
        bool coloured = x.shape[1] == GreyWeights.Length;
        Tensor Grey(Tensor pixels) => coloured ? pixels.mul(tensor(GreyWeights, 1, 3, 1, 1).to(x.device)).sum(1, keepdim: true)
            : pixels.mean([1], keepdim: true);
        if (options.Brightness > 0)
            x = x.mul(brightness).ClampedTo(0, maximum);
        if (options.Contrast > 0)
        {
            Tensor mean = Grey(x).mean([2, 3], keepdim: true);
            x = x.sub(mean).mul_(contrast).PlusInPlace(mean).ClampedTo(0, maximum);
        }
        if (options.Saturation > 0 && coloured)
        {
            Tensor grey = Grey(x);
            x = x.sub(grey).mul_(saturation).PlusInPlace(grey).ClampedTo(0, maximum);
        }
        return x;
    }

    private Tensor Cutout(Tensor x, SeededRandom random)
    {
        (long n, long channels, long height, long width) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        var rows = new float[n * height];
        var columns = new float[n * width];
        for (int image = 0; image < n; image++)
        {
            Blank(rows.AsSpan((int)(image * height), (int)height));
            Blank(columns.AsSpan((int)(image * width), (int)width));
        }
        Tensor blank = tensor(rows, n, 1, height, 1).to(x.device).mul(tensor(columns, n, 1, 1, width).to(x.device));
        float[] mean = normalization.MeanPixel((int)channels);
        return x.sub(x.mul(blank)).PlusInPlace(blank.mul(tensor(mean, 1, channels, 1, 1).to(x.device)));

        void Blank(Span<float> places)
        {
            int from = random.Next(places.Length) - options.CutoutSize / 2;
            places[Math.Max(0, from)..Math.Min(places.Length, from + options.CutoutSize)].Fill(1);
        }
    }

    /// <summary>Draws from Beta(a, a) for a of at most 1 (Jöhnk 1964).</summary>
    private static double Beta(double a, SeededRandom random)
    {
        while (true)
        {
            double first = Math.Pow(random.Between(0, 1), 1 / a);
            double second = Math.Pow(random.Between(0, 1), 1 / a);
            if (first + second is > 0 and <= 1)
                return first / (first + second);
        }
    }
}
