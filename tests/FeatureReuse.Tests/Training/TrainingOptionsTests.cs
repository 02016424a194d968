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
        [new TrainingOptions { WeightDecay = -1 }, "WeightDecay is -1; it must lie between 0 and 1."],
        [new TrainingOptions { MaximumEpochs = 0 }, "MaximumEpochs is 0; it must lie between 1 and 1000000."],
        [new TrainingOptions { LossThreshold = -.1 }, "LossThreshold is -0.1; it must lie between 0 and 1000000."],
        [new TrainingOptions { ValidationFraction = 1 }, "ValidationFraction is 1; it must lie between 0 and 0.9."],
        [new TrainingOptions { Patience = 0 }, "Patience is 0; it must lie between 1 and 1000000."],
        [new TrainingOptions { Threads = 0 }, "Threads is 0; it must lie between 1 and 1024."],
        [new TrainingOptions { Optimizer = (Optimizer)9 }, "Optimizer is 9; it must be one of Sgd, Adam, AdamW."],
        [new TrainingOptions { Schedule = (LearningRateSchedule)9 }, "Schedule is 9; it must be one of Constant, Cosine, OneCycle."],
    ];

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
