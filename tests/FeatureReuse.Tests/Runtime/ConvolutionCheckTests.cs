using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Runtime;

[TestClass]
public sealed class ConvolutionCheckTests
{
    private static readonly ConvolutionCall Narrow = CallOf(20, 40, trains: true);

    [TestMethod]
    [DataRow(12, 24, 1)]
    [DataRow(20, 40, 1)]
    [DataRow(24, 24, 24)]
    [DataRow(40, 20, 4)]
    [DataRow(3, 12, 1)]
    public void Networks_of_any_width_give_the_logits_and_gradients_of_float64(int first, int second, int groups)
    {
        using ImageClassifier network = Build($"Widths{first}-{second}-{groups}", (shape, logits) => nn.Sequential(
            ("body", nn.Sequential(nn.Conv2d(shape.Channels, first, 3, padding: 1, bias: false), nn.ReLU(),
                nn.Conv2d(first, second, 3, stride: 2, padding: 1, groups: groups, bias: false), nn.ReLU(),
                nn.Conv2d(second, second, 5, padding: 2, groups: second, bias: false), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())),
            ("head", nn.Linear(second, logits))));
        using ImageClassifier exact = network.Copy();
        exact.to(ScalarType.Float64);
        using DisposeScope scope = NewDisposeScope();
        Tensor images = rand(18, 3, 12, 12).mul(255);
        Tensor logits = network.call(images);
        Tensor wanted = exact.call(images.to_type(ScalarType.Float64));
        TensorAssert.AreClose(wanted.to_type(ScalarType.Float32), logits, rtol: 1e-4, atol: 1e-4, "logits");
        logits.mul(logits).sum().backward();
        wanted.mul(wanted).sum().backward();
        foreach (((string name, var parameter), (_, var other)) in network.named_parameters().Zip(exact.named_parameters()))
        {
            Tensor gradient = other.grad!;
            double largest = gradient.abs().max().ToDouble();
            TensorAssert.AreClose(gradient.to_type(ScalarType.Float32), parameter.grad!, rtol: 1e-4, atol: 1e-4 * largest,
                $"gradient of {name}");
        }
    }

    [TestMethod]
    [DataRow(5, 2, 3, 1, 100)]
    [DataRow(3, 1, 1, 2, 64)]
    [DataRow(1, 4, 0, 1, 90)]
    public void Of_high_images_the_first_rows_are_those_of_the_whole(int kernel, int stride, int padding, int dilation, int height)
    {
        using var layer = nn.Conv2d(4, 6, kernel, stride: stride, padding: padding, dilation: dilation, bias: false);
        var call = ConvolutionCall.From(layer, [1, 4, height, 20], trains: true);
        Assert.IsNotNull(call.FirstRows);
        TensorAssert.IsBelow(1e-5, ConvolutionCheck.OfProcess.ErrorOf(call));
    }

    /// <summary>Uneven padding is added to the image first, as libtorch does.</summary>
    [TestMethod]
    [DataRow(3, 1)]
    [DataRow(4, 1)]
    [DataRow(2, 3)]
    public void Padding_to_the_same_size_is_that_of_the_layer(int kernel, int dilation)
    {
        using DisposeScope scope = NewDisposeScope();
        using var layer = nn.Conv2d(4, 6, kernel, Padding.Same, dilation: dilation, bias: false);
        var call = ConvolutionCall.From(layer, [2, 4, 9, 9], trains: false);
        Tensor images = rand(2, 4, 9, 9);
        long more = call.Image[1] - 9;
        Assert.AreEqual(dilation * (kernel - 1) % 2, more);
        TensorAssert.AreClose(layer.call(images), call.Apply(nn.functional.pad(images, [0, more, 0, more]), layer.weight), rtol: 1e-5,
            atol: 1e-6, call.Description);
    }

    [TestMethod]
    [DataRow(PaddingModes.Reflect)]
    [DataRow(PaddingModes.Circular)]
    public void Images_that_a_layer_pads_itself_are_larger(PaddingModes mode)
    {
        using var layer = nn.Conv2d(4, 6, 5, padding: 2, padding_mode: mode, bias: false);
        var call = ConvolutionCall.From(layer, [2, 4, 9, 9], trains: false);
        CollectionAssert.AreEqual(new long[] { 4, 13, 13 }, call.Image);
        CollectionAssert.AreEqual(new long[] { 0, 0 }, call.Padding);
    }

    [TestMethod]
    public void Brain_floats_are_as_right_as_their_eight_bits_allow()
    {
        foreach ((int from, int to, int groups) in new[] { (12, 24, 1), (20, 40, 1), (24, 24, 24), (64, 64, 1) })
        {
            ConvolutionCall call = CallOf(from, to, trains: true, groups, ScalarType.BFloat16);
            ConvolutionCheck.OfProcess.Require(call);
            TensorAssert.IsBelow(.02, ConvolutionCheck.OfProcess.ErrorOf(call), call.Description);
        }
    }

    [TestMethod]
    public void A_right_convolution_is_compared_once_and_changes_nothing()
    {
        int compared = 0;
        var check = new ConvolutionCheck((call, images, weight) => Count(call.Apply(images, weight), ref compared),
            () => throw new AssertFailedException("nothing is wrong"));
        check.Require(Narrow);
        check.Require(CallOf(20, 40, trains: true));
        check.Require(CallOf(20, 40, trains: false));
        Assert.AreEqual(2, compared);
        Assert.AreEqual(2, check.Count);
        Assert.IsNull(check.Fault);
    }

    [TestMethod]
    [DataRow("output")]
    [DataRow("input gradient")]
    [DataRow("weight gradient")]
    [DataRow("not a number")]
    public void A_wrong_convolution_switches_the_fast_path_off_and_is_told_once(string fault)
    {
        bool isFast = true;
        List<string> told = [];
        RuntimeWarnings.Listen(told.Add);
        var check = new ConvolutionCheck((call, images, weight) => isFast ? Faulty(fault, call, images, weight)
            : call.Apply(images, weight), () =>
        {
            isFast = false;
            return true;
        });
        check.Require(Narrow);
        Assert.IsFalse(isFast);
        StringAssert.Contains(check.Fault, "convolution of 20 to 40 channels, kernel 3x3, stride 1x1, padding 1x1, dilation 1x1, "
            + "groups 1, on 8x8 in Float32 with gradients wrongly");
        StringAssert.Contains(check.Fault, "oneDNN is switched off for this process");
        check.Require(CallOf(12, 24, trains: true));
        CollectionAssert.AreEqual(new[] { check.Fault }, told.Where(message => message == check.Fault).ToArray());
    }

    [TestMethod]
    public void A_convolution_that_stays_wrong_is_an_error()
    {
        var check = new ConvolutionCheck((call, images, weight) => call.Apply(images, weight).mul(1.1), () => true);
        NotSupportedException failure = Assert.ThrowsExactly<NotSupportedException>(() => check.Require(Narrow));
        StringAssert.Contains(failure.Message, "20 to 40 channels");
        StringAssert.Contains(failure.Message, "Use channels that are multiples of 16, or a GPU.");
        Assert.ThrowsExactly<NotSupportedException>(() => check.Require(Narrow), "a second try is no way round");
    }

    [TestMethod]
    public void A_check_that_fails_itself_is_no_proof()
    {
        int tries = 0;
        var check = new ConvolutionCheck((call, images, weight)
            => tries++ == 0 ? throw new InsufficientMemoryException() : call.Apply(images, weight).mul(1.5), () => true);
        Assert.ThrowsExactly<InsufficientMemoryException>(() => check.Require(Narrow));
        Assert.ThrowsExactly<NotSupportedException>(() => check.Require(Narrow));
        Assert.AreEqual(0, check.Count);
    }

    [TestMethod]
    [DataRow(1, 8, 32)]
    [DataRow(3, 20, 100)]
    public void Wide_padding_leaves_no_row_uncompared(int kernel, int padding, int side)
    {
        using var layer = nn.Conv2d(3, 16, kernel, padding: padding, bias: false);
        var call = ConvolutionCall.From(layer, [1, 3, side, side], trains: true);
        Assert.IsNull(call.FirstRows);
        TensorAssert.IsBelow(1e-4, ConvolutionCheck.OfProcess.ErrorOf(call));
    }

    [TestMethod]
    public void Brain_floats_are_accepted_as_libtorch_computes_them_without_oneDNN()
    {
        bool? before = NativeContext.UsesOneDnn;
        bool isFast = true;
        var check = new ConvolutionCheck((call, images, weight) => isFast ? call.Apply(images, weight).mul(1.1)
            : call.Apply(images, weight),
            () => !(isFast = false) && NativeContext.TryUseOneDnn(false));
        try
        {
            foreach ((int width, int kernel) in new[] { (16, 31), (96, 7), (40, 9) })
            {
                using var layer = nn.Conv2d(width, width, kernel, padding: kernel / 2, groups: width, bias: false);
                layer.to(ScalarType.BFloat16);
                check.Require(ConvolutionCall.From(layer, [2, width, 32, 32], trains: true));
            }
            Assert.AreEqual(3, check.Count);
        }
        finally
        {
            NativeContext.TryUseOneDnn(before ?? true);
        }
    }

    [TestMethod]
    public void Networks_are_checked_before_their_first_images_and_keep_their_modes()
    {
        ConvolutionCheck own = ConvolutionCheck.OfProcess;
        List<string> seen = [];
        ConvolutionCheck.OfProcess = new((call, images, weight) =>
        {
            seen.Add(call.Description);
            return call.Apply(images, weight);
        }, () => false);
        try
        {
            using ImageClassifier network = NetworkArchitecture.SmallCnn.Build(new(3, 32, 32), InputNormalization.Symmetric,
                [new("main", ["a", "b"], 0)], seed: 1);
            network.train();
            network.modules().OfType<BatchNorm2d>().First().eval();
            bool[] modes = [.. network.modules().Select(module => module.training)];
            using DisposeScope scope = NewDisposeScope();
            using (no_grad())
                network.Walk(zeros(2, 3, 32, 32)).First().Dispose();
            int forward = seen.Count;
            Assert.IsGreaterThan(0, forward);
            Assert.IsTrue(seen.All(call => !call.EndsWith("gradients", StringComparison.Ordinal)), string.Join('\n', seen));
            network.call(zeros(2, 3, 32, 32));
            Assert.HasCount(2 * forward, seen);
            network.call(zeros(5, 3, 32, 32));
            Assert.HasCount(2 * forward, seen);
            CollectionAssert.AreEqual(modes, network.modules().Select(module => module.training).ToArray());
        }
        finally
        {
            ConvolutionCheck.OfProcess = own;
        }
    }

    [TestMethod]
    public void Without_oneDNN_native_libraries_are_quiet()
    {
        using var copy = new ProgramCopy(_ => true);
        string output = copy.Run(nameof(Small_convolutions_are_right_without_oneDNN));
        StringAssert.Contains(output, "succeeded: 1");
        Assert.DoesNotContain("NNPACK", output);
        Assert.DoesNotContain("Warning", output);
    }

    /// <summary>Also run by the test above, which looks at what it prints.</summary>
    [TestMethod]
    public void Small_convolutions_are_right_without_oneDNN()
    {
        TorchRuntime.EnsureLoaded();
        bool? before = NativeContext.UsesOneDnn;
        if (!NativeContext.TryUseOneDnn(false))
            Assert.Inconclusive("Skipped: oneDNN cannot be switched off on this system.");
        try
        {
            Assert.IsFalse(NativeContext.UsesOneDnn);
            TensorAssert.IsBelow(1e-4, ConvolutionCheck.OfProcess.ErrorOf(Narrow));
            using DisposeScope scope = NewDisposeScope();
            nn.functional.conv2d(ones(1, 3, 16, 16), ones(8, 3, 3, 3));
        }
        finally
        {
            NativeContext.TryUseOneDnn(before ?? true);
        }
    }

    private static ConvolutionCall CallOf(int from, int to, bool trains, int groups = 1, ScalarType type = ScalarType.Float32)
    {
        using var layer = nn.Conv2d(from, to, 3, padding: 1, groups: groups, bias: false);
        layer.to(type);
        return ConvolutionCall.From(layer, [2, from, 8, 8], trains);
    }

    /// <summary>Imitates oneDNN's error on such processors: ignores the input channels beyond the last full block of 16.</summary>
    private static Tensor Faulty(string fault, ConvolutionCall call, Tensor images, Tensor weight)
    {
        Tensor kept = weight.detach().clone();
        kept.narrow(1, kept.shape[1] / 16 * 16, kept.shape[1] % 16).zero_();
        return fault switch
        {
            "output" => call.Apply(images, kept.requires_grad_()).add(call.Apply(images, weight).mul(0)),
            "input gradient" => call.Apply(images.detach(), weight).add(call.Apply(images, kept)).sub(call.Apply(images.detach(), kept)),
            "weight gradient" => call.Apply(images,
                weight.detach()).add(call.Apply(images.detach(), weight).mul(.9)).sub(call.Apply(images, weight).detach().mul(.9)),
            _ => call.Apply(images, weight).div(0),
        };
    }

    private static Tensor Count(Tensor output, ref int calls)
    {
        calls++;
        return output;
    }

    private static ImageClassifier Build(string name, Func<ImageShape, int, nn.Module<Tensor, Tensor>> create)
        => NetworkArchitecture.Create(name, new() { CreateModule = create, LayerNames = ["body"], HeadName = "head" })
            .Build(new(3, 12, 12), InputNormalization.Symmetric, [new("main", ["a", "b", "c"], 0)], seed: 1);
}
