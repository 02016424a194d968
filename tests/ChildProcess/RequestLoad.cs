using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Data;

namespace FeatureReuse.ChildProcess;

/// <summary>Sends requests to samples/ServePredictions, one after another on several connections.</summary>
internal static class RequestLoad
{
    private const int Connections = 8;

    /// <summary>Prints the numbers of requests and errors, latencies, and the server's memory at the start and the end.</summary>
    public static int Run(string address, double seconds, int server)
    {
        using var client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(30) };
        byte[] image = Png();
        long errors = 0;
        List<double>[] latencies = [.. Enumerable.Range(0, Connections).Select(_ => new List<double>())];
        void For(double time)
        {
            var watch = Stopwatch.StartNew();
            Task.WaitAll([.. latencies.Select(own => Task.Run(async () =>
            {
                while (watch.Elapsed.TotalSeconds < time)
                {
                    long start = Stopwatch.GetTimestamp();
                    using HttpResponseMessage response = await client.PostAsync("predict", new ByteArrayContent(image));
                    await response.Content.ReadAsByteArrayAsync();
                    own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    if (!response.IsSuccessStatusCode)
                        Interlocked.Increment(ref errors);
                }
            }))]);
        }
        For(5);
        long before = Resident(server);
        foreach (List<double> own in latencies)
            own.Clear();
        For(seconds);
        double[] all = [.. latencies.SelectMany(own => own).Order()];
        double At(double share) => all[(int)(share * (all.Length - 1))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{all.Length} requests in {seconds} s on {Connections} connections, {errors} errors; ")
            + string.Create(CultureInfo.InvariantCulture, $"p50 {At(.5):F1} ms, p99 {At(.99):F1} ms, longest {all[^1]:F1} ms; ")
            + string.Create(CultureInfo.InvariantCulture, $"server {before / 1e6:F0} -> {Resident(server) / 1e6:F0} MB"));
        return errors == 0 ? 0 : 1;
    }

    private static long Resident(int process)
    {
        using var server = Process.GetProcessById(process);
        return server.WorkingSet64;
    }

    /// <summary>Creates an image of a small photograph's size.</summary>
    private static byte[] Png()
    {
        var random = new Random(1);
        byte[] pixels = [.. Enumerable.Range(0, 320 * 240)
            .SelectMany(i => new byte[] { (byte)(i / 300), (byte)(random.Next(40) + 100), (byte)(i % 320 / 2), 255 })];
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("image.png");
        using var image = MLImage.CreateFromPixels(320, 240, MLPixelFormat.Bgra32, pixels);
        image.Save(path);
        return File.ReadAllBytes(path);
    }
}
