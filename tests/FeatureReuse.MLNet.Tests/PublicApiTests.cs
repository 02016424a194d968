namespace FeatureReuse.MLNet.Tests;

[TestClass]
public sealed class PublicApiTests
{
    /// <summary>So that nobody changes by accident what users compile against.</summary>
    [TestMethod]
    public void The_public_API_is_the_one_on_file()
        => PublicApi.RequireUnchanged(typeof(NetworkTransformer).Assembly, Repository.PathOf("src", "FeatureReuse.MLNet", "PublicApi.txt"));

    [TestMethod]
    public void Scalars_are_kept_alive() => TemporaryScalars.RequireNone(typeof(NetworkTransformer).Assembly);
}
