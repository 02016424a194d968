using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.ML.Data;

namespace FeatureReuse.Samples.Tests;

[TestClass]
public sealed class ServePredictionsTests
{
    private static readonly HttpClient Client
        = new() { BaseAddress = new Uri($"http://127.0.0.1:{FreePort()}"), Timeout = TimeSpan.FromSeconds(30) };

    private static RunningProgram? s_server;

    [ClassInitialize]
    public static async Task Start(TestContext context)
    {
        s_server = new RepositoryProgram("ServePredictions")
            .Start("--urls", Client.BaseAddress!.ToString(), "--Limits:BodyBytes", "200000");
        for (int attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                (await Client.GetAsync("health", context.CancellationToken)).EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100, context.CancellationToken);
            }
        }
        Assert.Fail("The server did not start within half a minute.");
    }

    [ClassCleanup]
    public static void Stop() => s_server?.Dispose();

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task Health_tells_the_classes()
    {
        JsonElement health = await Client.GetFromJsonAsync<JsonElement>("health", TestContext.CancellationToken);
        Assert.AreEqual("ok", health.GetProperty("status").GetString());
        Assert.IsGreaterThan(1, health.GetProperty("classes").GetArrayLength());
    }

    [TestMethod]
    public async Task An_image_gets_probabilities_and_many_at_once_get_the_same()
    {
        byte[] image = Image(40, 30, ".png");
        string first = await PredictAsync(image);
        using JsonDocument answer = JsonDocument.Parse(first);
        Assert.AreEqual(1, answer.RootElement.GetProperty("probabilities").EnumerateObject().Sum(one => one.Value.GetDouble()), 1e-5);
        string[] all = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => PredictAsync(image)));
        Assert.IsTrue(all.All(other => other == first), "every thread has the same model");
    }

    [TestMethod]
    public async Task Bad_bodies_get_400_with_a_reason_and_long_ones_413()
    {
        StringAssert.Contains(await ReasonAsync([], HttpStatusCode.BadRequest), "empty");
        StringAssert.Contains(await ReasonAsync("hello"u8.ToArray(), HttpStatusCode.BadRequest), "do not begin like a JPEG or PNG");
        byte[] png = Image(20, 20, ".png");
        byte[] jpeg = Image(20, 20, ".jpg");
        StringAssert.Contains(await ReasonAsync(png[..60], HttpStatusCode.BadRequest), "cannot be decoded to its end");
        StringAssert.Contains(await ReasonAsync(png[..(png.Length / 2)], HttpStatusCode.BadRequest), "cannot be decoded to its end");
        // A file that claims 60,000 by 60,000 pixels, in its segment FF C0: length, precision, height, width.
        byte[] huge = [.. jpeg];
        int size = huge.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5;
        huge[size] = huge[size + 2] = 0xEA;
        huge[size + 1] = huge[size + 3] = 0x60;
        StringAssert.Contains(await ReasonAsync(huge, HttpStatusCode.BadRequest), "60000 x 60000 pixels");
        await ReasonAsync(new byte[300_000], HttpStatusCode.RequestEntityTooLarge);
        Assert.AreEqual(HttpStatusCode.NotFound, (await Client.GetAsync("nothing", TestContext.CancellationToken)).StatusCode);
        await PredictAsync(png);
        await PredictAsync(jpeg);
        await PredictAsync(Image(1, 300, ".png"));
    }

    [TestMethod]
    public void A_model_that_is_not_there_ends_the_start_with_one_line()
        => new RepositoryProgram("ServePredictions").Run("--model", "nothing.safetensors").RequireError("nothing.safetensors");

    private async Task<string> PredictAsync(byte[] image)
    {
        using HttpResponseMessage response = await Client.PostAsync("predict", new ByteArrayContent(image), TestContext.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.CancellationToken);
        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode, text);
        return text;
    }

    private async Task<string> ReasonAsync(byte[] body, HttpStatusCode expected)
    {
        using HttpResponseMessage response = await Client.PostAsync("predict", new ByteArrayContent(body), TestContext.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.CancellationToken);
        Assert.AreEqual(expected, response.StatusCode, text);
        return text;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static byte[] Image(int width, int height, string extension)
    {
        byte[] pixels = [.. Enumerable.Range(0, width * height).SelectMany(i => new byte[] { (byte)i, (byte)(i / 7), 90, 255 })];
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("image" + extension);
        using var image = MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, pixels);
        image.Save(path);
        return File.ReadAllBytes(path);
    }
}
