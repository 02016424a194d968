using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static IDisposable no_grad() => new GradientMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradientMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradientMode(mode);

    public static bool is_grad_enabled() => Native.gradients_enabled();

    /// <summary>Records operations, or not, until disposed.</summary>
    private sealed class GradientMode : IDisposable
    {
        private readonly bool _before = Native.gradients_enabled();

        public GradientMode(bool enabled) => Native.enable_gradients(enabled);

        public void Dispose() => Native.enable_gradients(_before);
    }
}
