using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests.Training;

/// <summary>Every wrong input ends in an error that names it.</summary>
[TestClass]
public sealed class BadInputTests
{
    private readonly MLContext _ml = new(seed: 1);

    private void Fails<TException>(string message, IDataView data, PretrainOptions? options = null) where TException : Exception
        => Failure.Requires<TException>(message, () => _ml.FeatureReuse.Pretrain(options ?? FastTraining.Pretraining).Fit(data));

    [TestMethod]
    public void A_missing_image_column()
        => Fails<InvalidDataException>("There is no column 'Photo'; the columns are 'Image', 'Pixels', 'Label', 'Number'",
            LabelledRow.View(_ml, 9),
            FastTraining.Pretraining with { ImageColumnName = "Photo" });

    [TestMethod]
    public void A_missing_label_column()
        => Fails<InvalidDataException>("There is no column 'Class'", LabelledRow.View(_ml, 9),
            FastTraining.Pretraining with { LabelColumnName = "Class" });

    [TestMethod]
    public void A_column_that_holds_no_images()
        => Fails<InvalidDataException>("Column 'Number' is Int32; images must be Vector<Byte> or Vector<Single> of a known size",
            LabelledRow.View(_ml, 9), FastTraining.Pretraining with { ImageColumnName = "Number" });

    [TestMethod]
    public void A_label_that_is_no_key()
        => Fails<InvalidDataException>("Column 'Label' is String; the label must be a key. "
            + "Put ml.Transforms.Conversion.MapValueToKey(\"Label\") before the trainer.",
            _ml.Data.LoadFromEnumerable(LabelledRow.Make(9)));

    [TestMethod]
    public void A_label_that_is_no_key_in_a_chain()
    {
        var chain = _ml.Transforms.CopyColumns("Copy", "Number").Append(_ml.FeatureReuse.Pretrain(FastTraining.Pretraining));
        Failure.Requires<InvalidDataException>("the label must be a key",
            () => chain.Fit(_ml.Data.LoadFromEnumerable(LabelledRow.Make(9))));
    }

    private sealed class KeyWithoutValues
    {
        [VectorType(3, 8, 8)]
        public byte[] Image { get; set; } = [];

        [KeyType(3)]
        public uint Label { get; set; }
    }

    [TestMethod]
    public void A_key_with_no_values()
        => Fails<InvalidDataException>("Column 'Label' is Key<UInt32, 0-2> without values",
            _ml.Data.LoadFromEnumerable(LabelledRow.Make(9)
                .Select(row => new KeyWithoutValues { Image = row.Image, Label = (uint)(row.Number % 3) }).ToArray()));

    [TestMethod]
    public void A_missing_label()
    {
        IDataView training = _ml.Data.LoadFromEnumerable(LabelledRow.Make(9));
        IDataView unknown = _ml.Data.LoadFromEnumerable(LabelledRow.Make(9, classes: 4));
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(training).Transform(unknown);
        Fails<InvalidDataException>("Row 3: the label in column 'Label' is missing.", keyed);
    }

    [TestMethod]
    public void One_class_only()
        => Fails<ArgumentException>("All 9 labelled images are of one class, 'class 0'; training needs at least two.",
            LabelledRow.View(_ml, 9, classes: 1));

    [TestMethod]
    public void Fewer_rows_than_classes()
        => Fails<ArgumentException>("There are 4 labelled images for 9 classes",
            _ml.Data.TakeRows(LabelledRow.View(_ml, 9, classes: 9), 4));

    [TestMethod]
    public void Zero_rows()
        => Fails<ArgumentException>("There are no labelled images to train on.", _ml.Data.SkipRows(LabelledRow.View(_ml, 9), 9));

    [TestMethod]
    public void Pixels_that_are_not_numbers()
    {
        LabelledRow[] rows = LabelledRow.Make(9);
        rows[4].Pixels[17] = float.NaN;
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        Fails<InvalidDataException>("Row 4, column 'Pixels': Image 4: pixel value 17 is NaN; pixels must be finite.",
            _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data),
                FastTraining.Pretraining with { ImageColumnName = "Pixels" });
    }

    [TestMethod]
    public void Images_of_another_size_than_the_networks()
    {
        using NetworkTransformer pretrained = FastTraining.Pretrained(_ml);
        IDataView other = _ml.Data.LoadFromEnumerable(new[] { new SmallerRow { Image = new byte[27], Label = "class 0" },
            new SmallerRow { Image = new byte[27], Label = "class 1" } });
        other = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(other).Transform(other);
        const string message = "Column 'Image' is Vector<Byte, 3, 3, 3> with 27 values a row; an image of 3x8x8 has 192.";
        Failure.Requires<InvalidDataException>(message, () => _ml.FeatureReuse.Finetune(pretrained).Fit(other));
        Failure.Requires<InvalidDataException>(message, () => pretrained.Transform(other));
        Failure.Requires<InvalidDataException>(message, () => _ml.FeatureReuse.ExtractFeatures(pretrained).Fit(other));
    }

    [TestMethod]
    public void A_flat_vector_needs_a_shape()
    {
        IDataView flat = _ml.Data.LoadFromEnumerable(LabelledRow.Make(9).Select(row => new FlatRow { Image = row.Image, Label = row.Label })
            .ToArray());
        flat = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(flat).Transform(flat);
        Fails<InvalidDataException>("which does not tell channels, height and width. Give them in the option ImageShape.", flat);
        using NetworkTransformer model = _ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { ImageShape = new ImageShape(3, 8, 8),
            Training = FastTraining.Options with { MaximumEpochs = 1 } }).Fit(flat);
    }

    [TestMethod]
    public void Options_are_checked_when_the_estimator_is_made()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.FeatureReuse.Pretrain(new() { Training = new() { BatchSize = 0 } }));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(()
            => _ml.FeatureReuse.Pretrain(new() { Training = new() { LearningRate = -1 } }));
        Assert.ThrowsExactly<ArgumentException>(() => _ml.FeatureReuse.Pretrain(new() { LabelColumnName = "" }));
        Assert.ThrowsExactly<ArgumentException>(() => _ml.FeatureReuse.Pretrain(new() { TaskName = " " }));
        using NetworkTransformer pretrained = FastTraining.Pretrained(_ml);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.FeatureReuse.Finetune(pretrained, new() { Rescaling = 0f }));
        ArgumentException unknownLayer = Assert.ThrowsExactly<ArgumentException>(()
            => _ml.FeatureReuse.Finetune(pretrained,
                new() { Rescaling = Rescaling.ByLayer(new Dictionary<string, float> { ["layer1"] = .5f }) }));
        StringAssert.Contains(unknownLayer.Message,
            "Rescaling names the layer 'layer1'; the layers of SmallCnn with parameters are conv1, conv2, conv3, logits.");
        Assert.ThrowsExactly<ArgumentException>(() => _ml.FeatureReuse.ExtractFeatures(pretrained, layerName: "layer1"));
        Assert.ThrowsExactly<ArgumentNullException>(() => _ml.FeatureReuse.Finetune(null!));
    }

    [TestMethod]
    public void What_cannot_be_inspected_is_told()
    {
        using NetworkTransformer model = FastTraining.Pretrained(_ml);
        IDataView smaller = _ml.Data.LoadFromEnumerable(LabelledRow.Make(9)
            .Select(row => new SmallerRow { Image = row.Image[..27], Label = row.Label }).ToArray());
        Failure.Requires<InvalidDataException>("an image of 3x8x8 has 192", () => _ml.FeatureReuse.CompareLayers(model, model, smaller));
        Failure.Requires<ArgumentException>("There are 1 images",
            () => _ml.FeatureReuse.CompareLayers(model, model, LabelledRow.View(_ml, 1)));
        using NetworkTransformer other = _ml.FeatureReuse.Pretrain(new() { Architecture = NetworkArchitecture.ResNet18,
            Training = FastTraining.Options with { MaximumEpochs = 1 } }).Fit(LabelledRow.View(_ml, 9));
        Failure.Requires<ArgumentException>("The pretrained network is ResNet18, the finetuned one SmallCnn",
            () => _ml.FeatureReuse.CompareLayers(other, model, LabelledRow.View(_ml, 9)));
    }

    [TestMethod]
    public void A_choice_that_cannot_be_made_is_told()
    {
        using NetworkTransformer pretrained = FastTraining.Pretrained(_ml);
        FinetuneOptions options = new() { Rescaling = RescalingChoice.PaperFactors, Training = FastTraining.Options };
        Failure.Requires<ArgumentException>("Class 'class 1' has one image",
            () => _ml.FeatureReuse.Finetune(pretrained, options).Fit(LabelledRow.View(_ml, 3, classes: 2)));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(()
            => _ml.FeatureReuse.Finetune(pretrained,
                options with { Rescaling = RescalingChoice.PaperFactors with { HoldOutFraction = .9 } })).Message,
            "RescalingChoice.HoldOutFraction is 0.9");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => _ml.FeatureReuse.Finetune(pretrained, new()
        {
            Training = FastTraining.Options with { LayerLearningRateFactors = new Dictionary<string, double> { ["layer7"] = 0 } },
        }).Fit(LabelledRow.View(_ml, 9, classes: 2))).Message, "the layers of SmallCnn with parameters are conv1, conv2, conv3, logits");
    }

    [TestMethod]
    public void A_report_that_cannot_be_written_is_told_before_anything_is_scored()
    {
        using NetworkTransformer model = FastTraining.Pretrained(_ml);
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString(), "report.html");
        StringAssert.StartsWith(Assert.ThrowsExactly<IOException>(()
            => _ml.FeatureReuse.SaveReport(path, model, LabelledRow.View(_ml, 9))).Message, $"The report {path} cannot be written: ");
        Failure.Requires<ArgumentOutOfRangeException>("WorstImages is -1; it must lie between 0 and 1000.",
            () => _ml.FeatureReuse.SaveReport(path, model, LabelledRow.View(_ml, 9), new() { WorstImages = -1 }));
    }

    [TestMethod]
    public void A_GPU_asked_for_and_absent()
    {
        int gpus = TorchSharp.torch.cuda.is_available() ? TorchSharp.torch.cuda.device_count() : 0;
        Fails<InvalidOperationException>(gpus == 0 ? "libtorch sees no GPU. Reference the package TorchSharp-cuda-linux"
            : $"libtorch sees {gpus} GPU",
            LabelledRow.View(_ml, 9),
            FastTraining.Pretraining with { Training = FastTraining.Options with { Device = ComputeDevice.Cuda(gpus) } });
    }

    private sealed class SmallerRow
    {
        [VectorType(3, 3, 3)]
        public byte[] Image { get; set; } = [];

        public string Label { get; set; } = "";
    }

    private sealed class FlatRow
    {
        [VectorType(192)]
        public byte[] Image { get; set; } = [];

        public string Label { get; set; } = "";
    }
}
