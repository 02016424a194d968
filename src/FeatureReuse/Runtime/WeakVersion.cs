using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace FeatureReuse;

/// <summary>
/// Loads TorchSharp's native library with one entry of its table of needed versions made weak: GLIBCXX_3.4.32, which it names for a symbol that nothing in it
/// refers to. The dynamic linker accepts that a weak version is absent (ELF, VER_FLG_WEAK). The file of the package stays as it is; the copy lives in memory,
/// or in a private folder until it is loaded.
/// </summary>
internal static partial class WeakVersion
{
    /// <summary>The version of libstdc++ that comes with GCC 13.</summary>
    public const string Name = "GLIBCXX_3.4.32";

    private const uint CloseOnExec = 1;
    private const uint NeededVersions = 0x6ffffffe;
    private const ushort Weak = 2;

    /// <exception cref="DllNotFoundException">The copy cannot be loaded either.</exception>
    /// <exception cref="BadImageFormatException">The file is no 64-bit ELF library that names this version.</exception>
    public static nint Load(string path)
    {
        byte[] image = File.ReadAllBytes(path);
        MakeWeak(image);
        int memory = memfd_create(Path.GetFileName(path), CloseOnExec);
        if (memory >= 0)
        {
            using var file = new FileStream(new SafeFileHandle(memory, ownsHandle: true), FileAccess.Write);
            file.Write(image);
            file.Flush();
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

    /// <summary>Sets the flag in an image of the library.</summary>
    /// <exception cref="BadImageFormatException">It is no 64-bit little-endian ELF library, or does not name this version.</exception>
    internal static void MakeWeak(Span<byte> image)
    {
        try
        {
            if (image is not [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, ..])
                throw new BadImageFormatException("it is no 64-bit ELF library");
            int sections = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(image[0x28..]));
            int size = BinaryPrimitives.ReadUInt16LittleEndian(image[0x3a..]);
            int count = BinaryPrimitives.ReadUInt16LittleEndian(image[0x3c..]);
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<byte> header = image.Slice(sections + i * size, size);
                if (BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) == NeededVersions)
                {
                    int link = (int)BinaryPrimitives.ReadUInt32LittleEndian(header[40..]);
                    int names = OffsetOf(image.Slice(sections + link * size, size));
                    MakeWeak(image, OffsetOf(header), names);
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
        while (true)
        {
            int entry = file + (int)BinaryPrimitives.ReadUInt32LittleEndian(image[(file + 8)..]);
            for (int left = BinaryPrimitives.ReadUInt16LittleEndian(image[(file + 2)..]); left > 0; left--)
            {
                Span<byte> version = image[entry..];
                ReadOnlySpan<byte> name = image[(names + (int)BinaryPrimitives.ReadUInt32LittleEndian(version[8..]))..];
                if (name.StartsWith(Encoding.ASCII.GetBytes(Name + '\0')))
                {
                    ushort flags = BinaryPrimitives.ReadUInt16LittleEndian(version[4..]);
                    BinaryPrimitives.WriteUInt16LittleEndian(version[4..], (ushort)(flags | Weak));
                    return;
                }
                entry += (int)BinaryPrimitives.ReadUInt32LittleEndian(version[12..]);
            }
            int next = (int)BinaryPrimitives.ReadUInt32LittleEndian(image[(file + 12)..]);
            if (next == 0)
                throw new BadImageFormatException($"it does not name {Name}");
            file += next;
        }
    }

    private static int OffsetOf(ReadOnlySpan<byte> section) => checked((int)BinaryPrimitives.ReadUInt64LittleEndian(section[0x18..]));

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int memfd_create(string name, uint flags);
}
