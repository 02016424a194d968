using TorchSharp;

namespace FeatureReuse.Tests.Runtime;

[TestClass]
public sealed class ComputeDeviceTests
{
    [TestMethod]
    [DataRow("auto", "auto")]
    [DataRow("CPU", "cpu")]
    [DataRow("cuda", "cuda:0")]
    [DataRow("cuda:3", "cuda:3")]
    public void Names_are_read_and_written(string text, string expected) => Assert.AreEqual(expected, ComputeDevice.Parse(text).ToString());

    [TestMethod]
    [DataRow("gpu")]
    [DataRow("cuda:-1")]
    [DataRow("cuda:64")]
    public void Other_names_are_refused(string text)
        => Failure.Requires<FormatException>($"The device is '{text}'; it must be auto, cpu, cuda or cuda:N.",
            () => ComputeDevice.Parse(text));

    [TestMethod]
    public void An_absent_GPU_is_an_error_that_names_the_package()
    {
        int gpus = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        Failure.Requires<InvalidOperationException>(gpus == 0 ? "TorchSharp-cuda-linux" : $"libtorch sees {gpus} GPU",
            () => ComputeDevice.Cuda(gpus).Resolve());
    }
}
