namespace FeatureReuse.Tests.Runtime;

/// <summary>Copies this test program to a temporary folder and links selected native libraries.</summary>
internal sealed class ProgramCopy : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ProgramCopy(Func<string, bool> keepsNative)
    {
        // Without the list of dependencies the host takes what it finds beside the program.
        foreach (string pattern in new[] { "*.dll", "*.runtimeconfig.json" })
        {
            foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, pattern))
                File.Copy(file, _folder.PathOf(Path.GetFileName(file)));
        }
        foreach (string file in Directory.EnumerateFiles(NativeFolder).Where(file => keepsNative(Path.GetFileName(file))))
            Link(Path.GetFileName(file), file);
    }

    public static string NativeFolder { get; } = Path.GetDirectoryName(NativeTorch.Find("libLibTorchSharp.so"))!;

    public void Link(string name, string target) => File.CreateSymbolicLink(_folder.PathOf(name), target);

    /// <summary>Runs one test of this program there, and returns what it printed.</summary>
    public string Run(string test, params (string Name, string Value)[] environment)
    {
        string program = typeof(ProgramCopy).Assembly.GetName().Name + ".dll";
        using var running = new RunningProgram("dotnet", [_folder.PathOf(program), "--filter", test], environment);
        ProgramResult result = running.Finish();
        return result.Output + result.Errors;
    }

    public void Dispose() => _folder.Dispose();
}
