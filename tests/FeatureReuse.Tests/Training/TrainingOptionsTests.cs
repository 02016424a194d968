using System.Text.Json;

namespace FeatureReuse.Tests.Training;

[TestClass]
public sealed class TrainingOptionsTests
{
    public static IEnumerable<object[]> OutOfRange =>
    [
        [new TrainingOptions { BatchSize = 0 }, "BatchSize is 0; it must lie between 2 and 65536."],
        [new TrainingOptions { BatchSize = 70_000 }, "BatchSize is 70000; it must lie between 2 and 65536."],
        [new TrainingOptions { LearningRate = 0 }, "LearningRate is 0; it must be above 0 and at most 100."],
        [new TrainingOptions { LearningRate = double.NaN }, "LearningRate is NaN; it must be above 0 and at most 100."],
        [new TrainingOptions { Momentum = 1 }, "Momentum is 1; it must lie between 0 and 0.9999."],
        [new TrainingOptions { Regularization = new() { WeightDecay = -1 } },
            "Regularization.WeightDecay is -1; it must lie between 0 and 1."],
        [new TrainingOptions { MaximumEpochs = 0 }, "MaximumEpochs is 0; it must lie between 1 and 1000000."],
        [new TrainingOptions { LossThreshold = -.1 }, "LossThreshold is -0.1; it must lie between 0 and 1000000."],
        [new TrainingOptions { Regularization = new() { EmaDecay = 1 } }, "Regularization.EmaDecay is 1; it must be above 0 and below 1."],
        [new TrainingOptions { EarlyStopping = new() { ValidationFraction = 1 } },
            "EarlyStopping.ValidationFraction is 1; it must be above 0 and at most 0.9."],
        [new TrainingOptions { Checkpoint = new() { Folder = "f", Epochs = 0 } },
            "Checkpoint.Epochs is 0; it must lie between 1 and 1000000."],
        [new TrainingOptions { MaximumSteps = 0 }, "MaximumSteps is 0; it must lie between 1 and "],
        [new TrainingOptions { EarlyStopping = new() { Patience = 0 } }, "EarlyStopping.Patience is 0; it must lie between 1 and 1000000."],
        [new TrainingOptions { Threads = 0 }, "Threads is 0; it must lie between 1 and 1024."],
        [new TrainingOptions { Optimizer = (Optimizer)9 }, "Optimizer is 9; it must be one of Sgd, Adam, AdamW."],
        [new TrainingOptions { Schedule = (LearningRateSchedule)9 },
            "Schedule is 9; it must be one of Constant, Cosine, OneCycle, RangeTest."],
    ];

    /// <summary>Files name options as version 0.1.0 did, in one flat object.</summary>
    [TestMethod]
    public void Options_in_files_are_flat_and_keep_their_names()
    {
        var options = new TrainingOptions
        {
            Optimizer = Optimizer.AdamW,
            LayerLearningRateFactors = new Dictionary<string, double> { ["conv1"] = .5 },
            GradualUnfreezingEpochs = 2,
            Regularization = new() { WeightDecay = .01, L2SP = .1, LabelSmoothing = .05, GradientClipNorm = 1, EmaDecay = .99 },
            EarlyStopping = new() { ValidationFraction = .2, Patience = 3 },
            Seed = 7,
        };
        string json = JsonSerializer.Serialize(options, ModelJson.Format);
        string[] expected =
        [
            "\"Optimizer\":\"AdamW\"", "\"PullToStart\":0.1", "\"LayerLearningRates\":{\"conv1\":0.5}", "\"EpochsPerUnfreezing\":2",
            "\"ValidationFraction\":0.2,\"Patience\":3", "\"LabelSmoothing\":0.05,\"AverageDecay\":0.99,\"MaximumGradientNorm\":1",
                "\"Seed\":7",
        ];
        foreach (string text in expected)
            StringAssert.Contains(json, text);
        TrainingOptions read = JsonSerializer.Deserialize<TrainingOptions>(json, ModelJson.Format)!;
        Assert.AreEqual(json, JsonSerializer.Serialize(read, ModelJson.Format));
        Assert.AreEqual(options.Regularization, read.Regularization);
        Assert.AreEqual(options.EarlyStopping, read.EarlyStopping);
        const string WithoutValidation = """{"ValidationFraction":0,"Patience":10}""";
        Assert.IsNull(JsonSerializer.Deserialize<TrainingOptions>(WithoutValidation, ModelJson.Format)!.EarlyStopping);
        Assert.AreEqual("GradientClipNorm", TrainingOptionsConverter.NameOf("MaximumGradientNorm"));
    }

    [TestMethod]
    public void The_defaults_are_valid() => new TrainingOptions().Validate();

    [TestMethod]
    [DynamicData(nameof(OutOfRange))]
    public void An_option_out_of_range_is_named_with_its_range(TrainingOptions options, string message)
    {
        ArgumentOutOfRangeException failure = Assert.ThrowsExactly<ArgumentOutOfRangeException>(options.Validate);
        StringAssert.StartsWith(failure.Message, message);
    }
}
