using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace FeatureReuse;

/// <summary>
/// Loads a copy of TorchSharp's native library, in memory or from a private folder, with one entry of its table of needed versions made
/// weak: GLIBCXX_3.4.32, which it names for a symbol that nothing in it refers to. The dynamic linker lets a weak version be absent.
/// </summary>
internal static partial class WeakVersion
{
    /// <summary>The version of libstdc++ that comes with GCC 13.</summary>
    public const string Name = "GLIBCXX_3.4.32";

    private const uint CloseOnExec = 1;
    private const uint NeededVersions = 0x6ffffffe;
    private const ushort Weak = 2;

    public static nint Load(string path)
    {
        byte[] image = File.ReadAllBytes(path);
        MakeWeak(image);
        int memory = memfd_create(Path.GetFileName(path), CloseOnExec);
        if (memory >= 0)
        {
            using var file = new SafeFileHandle(memory, ownsHandle: true);
            RandomAccess.Write(file, image, 0);
            if (NativeLibrary.TryLoad($"/proc/self/fd/{memory}", out nint library))
                return library;
        }
        DirectoryInfo folder = Directory.CreateTempSubdirectory("featurereuse-");
        try
        {
            string copy = Path.Combine(folder.FullName, Path.GetFileName(path));
            File.WriteAllBytes(copy, image);
            return NativeLibrary.Load(copy);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    internal static void MakeWeak(Span<byte> image)
    {
        try
        {
            if (image is not [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, ..])
                throw new BadImageFormatException("it is not a 64-bit ELF library");
            int sections = Offset(image, 0x28);
            int size = Short(image, 0x3a);
            for (int i = 0; i < Short(image, 0x3c); i++)
            {
                ReadOnlySpan<byte> header = image.Slice(sections + i * size, size);
                if (Int(header, 4) == NeededVersions)
                {
                    int names = sections + (int)Int(header, 40) * size;
                    MakeWeak(image, Offset(header, 0x18), Offset(image.Slice(names, size), 0x18));
                    return;
                }
            }
            throw new BadImageFormatException("it has no table of needed versions");
        }
        catch (Exception failure) when (failure is ArgumentOutOfRangeException or OverflowException)
        {
            throw new BadImageFormatException("it is a damaged ELF library", failure);
        }
    }

    /// <summary>Walks the files (Elf64_Verneed) and the versions needed of each (Elf64_Vernaux).</summary>
    private static void MakeWeak(Span<byte> image, int file, int names)
    {
        byte[] wanted = Encoding.ASCII.GetBytes(Name + '\0');
        for (int next = -1; next != 0; file += next)
        {
            int entry = file + (int)Int(image, file + 8);
            for (int left = Short(image, file + 2); left > 0; left--)
            {
                if (image[(names + (int)Int(image, entry + 8))..].StartsWith(wanted))
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(image[(entry + 4)..], (ushort)(Short(image, entry + 4) | Weak));
                    return;
                }
                entry += (int)Int(image, entry + 12);
            }
            next = (int)Int(image, file + 12);
        }
        throw new BadImageFormatException($"it does not name {Name}");
    }

    private static ushort Short(ReadOnlySpan<byte> data, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(data[offset..]);
    private static uint Int(ReadOnlySpan<byte> data, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(data[offset..]);
    private static int Offset(ReadOnlySpan<byte> data, int offset) => checked((int)BinaryPrimitives.ReadUInt64LittleEndian(data[offset..]));

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int memfd_create(string name, uint flags);
}
