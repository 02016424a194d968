using System.Runtime.InteropServices;

namespace Microsoft.ML.Images;

/// <summary>The functions of libgd that images need; colours are 0xAARRGGBB with alpha from 0, opaque, to 127.</summary>
internal static partial class Gd
{
    public const int MitchellFilter = 18;

    private const string Library = "libgd.so.3";
    private const string Package = "libgd3";

    private static readonly bool _present = NativeLibrary.TryLoad(Library, typeof(Gd).Assembly, null, out _);

    public static void Require()
    {
        if (!_present)
        {
            throw new DllNotFoundException($"{Library}, which decodes and scales images, is not installed: apt-get install {Package}");
        }
    }

    [LibraryImport(Library, EntryPoint = "gdImageCreateFromPngPtr")]
    public static partial nint DecodePng(int size, byte[] data);

    [LibraryImport(Library, EntryPoint = "gdImageCreateFromJpegPtr")]
    public static partial nint DecodeJpeg(int size, byte[] data);

    [LibraryImport(Library, EntryPoint = "gdImagePngPtr")]
    public static partial nint EncodePng(nint image, out int size);

    [LibraryImport(Library, EntryPoint = "gdImageJpegPtr")]
    public static partial nint EncodeJpeg(nint image, out int size, int quality);

    [LibraryImport(Library, EntryPoint = "gdFree")]
    public static partial void Free(nint data);

    [LibraryImport(Library, EntryPoint = "gdImageCreateTrueColor")]
    public static partial nint Create(int width, int height);

    [LibraryImport(Library, EntryPoint = "gdImageDestroy")]
    public static partial void Destroy(nint image);

    /// <summary>The whole image, unless another clip was set: gd exports no other way to ask for the size.</summary>
    [LibraryImport(Library, EntryPoint = "gdImageGetClip")]
    public static partial void GetClip(nint image, out int left, out int top, out int right, out int bottom);

    [LibraryImport(Library, EntryPoint = "gdImageAlphaBlending")]
    public static partial void SetAlphaBlending(nint image, int blend);

    [LibraryImport(Library, EntryPoint = "gdImageSaveAlpha")]
    public static partial void SetSaveAlpha(nint image, int save);

    [LibraryImport(Library, EntryPoint = "gdImageSetInterpolationMethod")]
    public static partial int SetInterpolation(nint image, int method);

    [LibraryImport(Library, EntryPoint = "gdImageScale")]
    public static partial nint Scale(nint image, uint width, uint height);

    [LibraryImport(Library, EntryPoint = "gdImageGetTrueColorPixel")]
    [SuppressGCTransition]
    public static partial int GetPixel(nint image, int x, int y);

    [LibraryImport(Library, EntryPoint = "gdImageSetPixel")]
    [SuppressGCTransition]
    public static partial void SetPixel(nint image, int x, int y, int color);
}
