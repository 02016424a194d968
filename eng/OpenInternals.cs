using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Mono.Cecil;

/// <summary>Copies assemblies and makes some of their internal types, with their members, public in the copies.</summary>
public class OpenInternals : Task
{
    [Required]
    public string[] Assemblies { get; set; }

    /// <summary>Where the assemblies that they refer to are.</summary>
    [Required]
    public string[] References { get; set; }

    /// <summary>Full names; the compiler reports one that is in none of the assemblies where it is used.</summary>
    [Required]
    public string[] Types { get; set; }

    [Required]
    public string Folder { get; set; }

    public override bool Execute()
    {
        using (var resolver = new DefaultAssemblyResolver())
        {
            foreach (string folder in References.Select(Path.GetDirectoryName).Distinct())
            {
                resolver.AddSearchDirectory(folder);
            }
            foreach (string path in Assemblies)
            {
                using (AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = resolver }))
                {
                    foreach (TypeDefinition type in assembly.MainModule.Types.Where(type => Types.Contains(type.FullName)))
                    {
                        type.IsPublic = true;
                        foreach (MethodDefinition method in type.Methods.Where(method => method.IsAssembly))
                        {
                            method.IsPublic = true;
                        }
                    }
                    assembly.Write(Path.Combine(Folder, Path.GetFileName(path)), new WriterParameters { DeterministicMvid = true });
                }
            }
        }
        return true;
    }
}
