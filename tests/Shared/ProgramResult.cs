namespace FeatureReuse;

/// <summary>The exit code of a program and what it printed.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Requires the exit code 0.</summary>
    public ProgramResult RequireSuccess()
    {
        Assert.AreEqual(0, ExitCode, Output + Errors);
        return this;
    }

    /// <summary>Requires the exit code 1 and an error of one line that contains a text.</summary>
    public void RequireError(string part)
    {
        Assert.AreEqual(1, ExitCode, Output + Errors);
        StringAssert.Contains(Errors, part);
        Assert.HasCount(1, Errors.Trim().Split('\n'), Errors);
    }
}
