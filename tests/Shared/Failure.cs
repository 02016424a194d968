namespace FeatureReuse;

/// <summary>Requires exceptions of exactly a type, whose message contains a text.</summary>
internal static class Failure
{
    public static void Requires<T>(string part, Action action) where T : Exception
        => StringAssert.Contains(Assert.ThrowsExactly<T>(action).Message, part);

    public static void Requires<T>(string part, Func<object?> action) where T : Exception
        => StringAssert.Contains(Assert.ThrowsExactly<T>(action).Message, part);
}
