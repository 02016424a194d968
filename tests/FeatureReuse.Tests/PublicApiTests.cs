namespace FeatureReuse.Tests;

[TestClass]
public sealed class PublicApiTests
{
    /// <summary>So that nobody changes by accident what users compile against.</summary>
    [TestMethod]
    public void The_public_API_is_the_one_on_file()
        => PublicApi.RequireUnchanged(typeof(NetworkArchitecture).Assembly, Repository.PathOf("src", "FeatureReuse", "PublicApi.txt"));
}
