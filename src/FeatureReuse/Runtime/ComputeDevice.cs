namespace FeatureReuse;

/// <summary>Chooses where a network trains and scores: <see cref="Auto"/>, <see cref="Cpu"/> or one GPU by number.</summary>
/// <remarks>A requested GPU that is absent is an error; the library never falls back to the processor silently.</remarks>
[JsonConverter(typeof(Converter))]
public readonly record struct ComputeDevice
{
    private readonly int _choice;

    private ComputeDevice(int choice) => _choice = choice;

    /// <summary>Gets the first GPU if libtorch sees one, otherwise the processor. The default.</summary>
    public static ComputeDevice Auto => default;

    /// <summary>Gets the processor.</summary>
    public static ComputeDevice Cpu => new(1);

    /// <summary>Returns an NVIDIA GPU by its number, 0 to 63.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public static ComputeDevice Cuda(int index = 0)
    {
        Require.InRange(index, 0, 63, nameof(index));
        return new(index + 2);
    }

    /// <summary>Parses "auto", "cpu", "cuda" or "cuda:1", in any case.</summary>
    /// <exception cref="FormatException">The text does not name a device.</exception>
    public static ComputeDevice Parse(string text) => Require.NotNull(text).Trim().ToUpperInvariant().Split(':') switch
    {
        ["AUTO"] => Auto,
        ["CPU"] => Cpu,
        ["CUDA"] => Cuda(),
        ["CUDA", var number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < 64
            => Cuda(index),
        _ => throw new FormatException($"The device is '{text}'; it must be auto, cpu, cuda or cuda:N."),
    };

    /// <inheritdoc/>
    public override string ToString() => _choice switch { 0 => "auto", 1 => "cpu", _ => $"cuda:{_choice - 2}" };

    /// <summary>Returns the libtorch device that this choice means on this machine.</summary>
    internal torch.Device Resolve()
    {
        TorchRuntime.EnsureLoaded();
        int gpus = _choice == 1 ? 0 : TorchRuntime.GpuCount;
        if (_choice == 1 || (_choice == 0 && gpus == 0))
            return torch.CPU;
        int index = Math.Max(0, _choice - 2);
        return index < gpus ? torch.device($"cuda:{index}")
            : throw new InvalidOperationException(gpus == 0
                ? $"The device is {this}, but libtorch sees no GPU. Reference the package TorchSharp-cuda-linux (or "
                    + "TorchSharp-cuda-windows) instead of TorchSharp-cpu and check the driver with nvidia-smi, "
                    + "or choose ComputeDevice.Cpu or ComputeDevice.Auto."
                : $"The device is {this}, but libtorch sees {gpus} GPU{(gpus == 1 ? "" : "s")}: the number must be at most {gpus - 1}.");
    }

    internal sealed class Converter : JsonConverter<ComputeDevice>
    {
        public override ComputeDevice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, ComputeDevice value, JsonSerializerOptions options)
            => writer.WriteStringValue(value.ToString());
    }
}
