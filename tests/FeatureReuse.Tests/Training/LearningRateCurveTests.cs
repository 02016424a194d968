namespace FeatureReuse.Tests.Training;

[TestClass]
public sealed class LearningRateCurveTests
{
    private const long Steps = 1001;

    private static double At(LearningRateSchedule schedule, long step) => LearningRateCurve.At(schedule, .2, step, Steps);

    [TestMethod]
    public void Constant_stays() => Assert.AreEqual(.2, At(LearningRateSchedule.Constant, 500));

    [TestMethod]
    public void Cosine_falls_from_the_peak_through_half_of_it_to_nothing()
    {
        Assert.AreEqual(.2, At(LearningRateSchedule.Cosine, 0), 1e-12);
        Assert.AreEqual(.1, LearningRateCurve.At(LearningRateSchedule.Cosine, .2, 500, 1000), 1e-12);
        Assert.AreEqual(0, LearningRateCurve.At(LearningRateSchedule.Cosine, .2, 999, 1000), 1e-6);
    }

    [TestMethod]
    public void One_cycle_rises_to_the_peak_and_falls_far_below_its_start()
    {
        Assert.AreEqual(.2 / 25, At(LearningRateSchedule.OneCycle, 0), 1e-12);
        Assert.AreEqual(.2, At(LearningRateSchedule.OneCycle, 300), 1e-12);
        Assert.AreEqual(.2 / 250_000, At(LearningRateSchedule.OneCycle, 1000), 1e-12);
    }

    [TestMethod]
    public void A_run_of_one_step_has_a_rate()
        => Assert.AreEqual(.2, LearningRateCurve.At(LearningRateSchedule.Cosine, .2, 0, 1), 1e-12);
}
