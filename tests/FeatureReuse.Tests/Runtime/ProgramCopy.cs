using System.Diagnostics;

namespace FeatureReuse.Tests.Runtime;

/// <summary>This program in a folder of its own, with links to the native libraries of its choice.</summary>
internal sealed class ProgramCopy : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("featurereuse-").FullName;

    public ProgramCopy(Func<string, bool> keepsNative)
    {
        // Without the list of dependencies the host takes what it finds beside the program.
        IEnumerable<string> files = Directory.EnumerateFiles(AppContext.BaseDirectory);
        foreach (string file in files.Where(file => !file.EndsWith(".deps.json", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        foreach (string file in Directory.EnumerateFiles(NativeFolder).Where(file => keepsNative(Path.GetFileName(file))))
            Link(Path.GetFileName(file), file);
    }

    public static string NativeFolder { get; } = Path.GetDirectoryName(NativeTorch.Find("libLibTorchSharp.so"))!;

    public void Link(string name, string target) => File.CreateSymbolicLink(Path.Combine(_folder, name), target);

    /// <summary>Runs one test of this program there, and returns what it printed.</summary>
    public async Task<string> RunAsync(string test, params (string Name, string Value)[] environment)
    {
        string program = typeof(ProgramCopy).Assembly.GetName().Name + ".dll";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(_folder, program), "--filter", test]) { RedirectStandardOutput = true,
            RedirectStandardError = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process child = Process.Start(start)!;
        Task<string> errors = child.StandardError.ReadToEndAsync();
        string output = await child.StandardOutput.ReadToEndAsync() + await errors;
        await child.WaitForExitAsync();
        return output;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
