using static System.FormattableString;

namespace FeatureReuse;

/// <summary>
/// Compares convolutions on the processor with float64 before a network relies on them. On processors that do not report the sizes of their
/// caches, such as some virtual machines, oneDNN 3.7 (in libtorch 2.10) computes convolutions whose channels are not multiples of 16
/// wrongly, by 10 to 60 percent and without an error. Then oneDNN is switched off for the process. The limits lie between such errors and
/// those of rounding, below 1e-5 in float32 and, with oneDNN, below 5e-3 in bfloat16, relative to the largest value.
/// </summary>
internal sealed class ConvolutionCheck(Func<ConvolutionCall, Tensor, Tensor, Tensor> convolve, Func<bool> trySwitchOff)
{
    private const double LimitInFloat32 = 1e-4;
    private const double LimitInBFloat16 = 2e-2;

    /// <summary>Without oneDNN, libtorch sums bfloat16 values in bfloat16.</summary>
    private const double LimitInBFloat16WithoutOneDnn = .1;

    /// <summary>The most images in a check; for fewer, libtorch may not use oneDNN, as for kernels of one pixel on one thread.</summary>
    private const int MostImages = 16;
    private const double MostMultiplications = 5e7;

    /// <summary>The values of an image above which libtorch uses oneDNN for one image; for smaller ones it takes two.</summary>
    private const int LargeImage = 20_480;

    /// <summary>A prime, so that no two channels get the same numbers.</summary>
    private const long DrawnNumbers = 4_099;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _known = [];
    private readonly Dictionary<ScalarType, double> _worst = [];

    public static ConvolutionCheck OfProcess { get; internal set; }
        = new((call, images, weight) => call.Apply(images, weight), () => NativeContext.TryUseOneDnn(false));

    public int Count => _known.Count;

    /// <summary>Gets the first wrong convolution, with its shape and error; null if none was found.</summary>
    public string? Fault { get; private set; }

    /// <summary>Checks the convolutions that a pass through a network reaches; throws if one is wrong and stays wrong.</summary>
    public void Require(nn.Module network, Action pass, bool trains) => Reached(network, pass, trains).ForEach(Require);

    public void Require(ConvolutionCall call)
    {
        lock (_gate)
        {
            if (_known.Contains(call.Description))
                return;
            double error = ErrorOf(call);
            if (!(error <= LimitOf(call, isFast: Fault is null)))
            {
                string wrong = $"libtorch computes a {call.Description} wrongly on this processor: "
                    + Invariant($"by {error:P0} of the largest value");
                error = trySwitchOff() ? ErrorOf(call) : double.PositiveInfinity;
                if (!(error <= LimitOf(call, isFast: false)))
                    throw new NotSupportedException($"{wrong}. Use channels that are multiples of 16, or a GPU.");
                if (Fault is null)
                {
                    Fault = $"{wrong}. oneDNN is switched off for this process; convolutions are now right, and slower.";
                    RuntimeWarnings.Add(Fault);
                }
            }
            _known.Add(call.Description);
            _worst[call.Type] = Math.Max(error, _worst.GetValueOrDefault(call.Type));
        }
    }

    /// <summary>Tells what is known of this process's convolutions, and of some kinds that were found wrong elsewhere.</summary>
    public string Summary()
    {
        if (Fault is not null)
            return $"{Count} compared with float64. {Fault}";
        (long From, long To, long Groups)[] suspects = [(12, 16, 1), (20, 40, 1), (16, 12, 1), (24, 24, 24), (40, 20, 4)];
        double worst = suspects.Max(one => ErrorOf(new([one.From, 8, 8], [one.To, one.From / one.Groups, 3, 3], Stride: [1, 1],
            Padding: [1, 1], OutputPadding: [0, 0], Dilation: [1, 1], one.Groups, IsTransposed: false, ScalarType.Float32, Trains: true)));
        if (worst > LimitInFloat32)
            return Invariant($"wrong by {worst:P0} for channels that are not multiples of 16; networks with such channels use no oneDNN");
        lock (_gate)
        {
            string own = string.Concat(_worst.Select(
                entry => Invariant($", those of this process's networks in {entry.Key} within {entry.Value:G2}")));
            return Invariant($"right: {suspects.Length} kinds that are wrong on some machines equal float64 within {worst:G2}{own}");
        }
    }

    private static double LimitOf(ConvolutionCall call, bool isFast)
        => call.Type != ScalarType.BFloat16 ? LimitInFloat32 : isFast ? LimitInBFloat16 : LimitInBFloat16WithoutOneDnn;

    /// <summary>Returns the largest error of output, input gradient and weight gradient, each relative to its largest value.</summary>
    internal double ErrorOf(ConvolutionCall call)
    {
        using IDisposable normal = inference_mode(false);
        using IDisposable gradients = set_grad_enabled(call.Trains);
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1, CPU);
        Tensor Draw(long[] shape) => randn(DrawnNumbers, generator: random).repeat(ConvolutionCall.Product(shape) / DrawnNumbers + 1)
            .narrow(0, 0, ConvolutionCall.Product(shape)).reshape(shape).to_type(call.Type);
        bool isPointwiseOnOneThread = get_num_threads() == 1 && call.Weight[2..].All(size => size == 1);
        long fewest = isPointwiseOnOneThread ? MostImages : ConvolutionCall.Product(call.Image) > LargeImage ? 1 : 2;
        long count = (long)Math.Clamp(MostMultiplications / call.Multiplications, fewest, MostImages);
        using Tensor images = Draw([count, .. call.Image]).requires_grad_(call.Trains);
        using Tensor weight = Draw(call.Weight).requires_grad_(call.Trains);
        // float64 is slow: it computes the first and the last image, and the first rows of high ones, which do not depend on the rest.
        Tensor ends = tensor([.. new[] { 0, count - 1 }.Distinct()]);
        Tensor Inputs(Tensor value) => First(value.index_select(0, ends), call.FirstRows?.Input);
        Tensor Outputs(Tensor value) => First(value.index_select(0, ends), call.FirstRows?.Output);
        using Tensor exactImages = Inputs(images.detach()).to_type(ScalarType.Float64).requires_grad_(call.Trains);
        using Tensor exactWeight = weight.detach().to_type(ScalarType.Float64).requires_grad_(call.Trains);
        Tensor output = convolve(call, images, weight);
        Tensor exact = First(call.Apply(exactImages, exactWeight), call.FirstRows?.Output);
        double error = Difference(Outputs(output), exact);
        if (!call.Trains)
            return error;
        Tensor direction = zeros_like(output);
        First(direction, call.FirstRows?.Output).index_copy_(0, ends, Draw(exact.shape));
        IList<Tensor> found = autograd.grad([output], [images, weight], [direction]);
        IList<Tensor> wanted = autograd.grad([exact], [exactImages, exactWeight], [Outputs(direction).to_type(ScalarType.Float64)]);
        return Math.Max(error, Math.Max(Difference(Inputs(found[0]), wanted[0]), Difference(found[1], wanted[1])));
    }

    private static Tensor First(Tensor images, long? rows) => rows is { } count ? images.narrow(2, 0, count) : images;

    private static double Difference(Tensor found, Tensor wanted)
    {
        Tensor exact = wanted.detach().to_type(ScalarType.Float32);
        double error = (found.detach().to_type(ScalarType.Float32) - exact).abs().max().ReadDouble();
        double largest = exact.abs().max().ReadDouble();
        return error == 0 ? 0 : double.IsNaN(error) || largest == 0 ? double.PositiveInfinity : error / largest;
    }

    private static List<ConvolutionCall> Reached(nn.Module network, Action pass, bool trains)
    {
        List<ConvolutionCall> calls = [];
        (nn.Module Module, bool IsTraining)[] modes = [.. network.modules().Prepend(network).Select(module => (module, module.training))];
        var hooks = modes.Select(mode => mode.Module).OfType<Convolution>().Select(layer => layer.register_forward_pre_hook((_, input) =>
        {
            calls.Add(ConvolutionCall.From(layer, input.shape, trains));
            return input;
        })).ToArray();
        if (hooks.Length == 0)
            return calls;
        try
        {
            using IDisposable frozen = no_grad();
            using DisposeScope scope = NewDisposeScope();
            network.eval();
            pass();
        }
        finally
        {
            foreach (var hook in hooks)
                hook.remove();
            // A module passes its mode on to those within it, which come after it.
            foreach ((nn.Module module, bool isTraining) in modes)
                module.train(isTraining);
        }
        return calls;
    }
}
