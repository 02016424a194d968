using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static int get_num_threads() => Native.threads();

    public static void set_num_threads(int num) => Native.set_threads(num);

    public static int get_num_interop_threads() => Native.interop_threads();

    public static void set_num_interop_threads(int num) => Native.set_interop_threads(num);
}
