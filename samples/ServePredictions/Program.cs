using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Timeouts;
using ServePredictions;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
Limits limits;
Classifier classifier;
try
{
    limits = Limits.From(builder.Configuration);
    // One model for all requests: dotnet run -- --model artifacts/image-folder/model.safetensors
    classifier = builder.Configuration["model"] is { } path ? Classifier.Load(path) : Classifier.Demonstration();
}
catch (Exception failure) when (failure is IOException or InvalidDataException or InvalidOperationException
    or UnauthorizedAccessException)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Limits.MaxRequestBodySize = limits.BodyBytes;
    kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(limits.Seconds);
});
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Services.AddProblemDetails();
builder.Services.AddRequestTimeouts(options => options.DefaultPolicy = new RequestTimeoutPolicy
{
    Timeout = TimeSpan.FromSeconds(limits.Seconds),
    TimeoutStatusCode = StatusCodes.Status408RequestTimeout,
});
builder.Services.AddRateLimiter(options =>
{
    options.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
    options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => context.Request.Path.StartsWithSegments("/health")
        ? RateLimitPartition.GetNoLimiter("health")
        : RateLimitPartition.GetConcurrencyLimiter("predict", _ => new() { PermitLimit = limits.AtOnce, QueueLimit = limits.Waiting }));
});

builder.Services.AddSingleton(_ => classifier);

WebApplication app = builder.Build();
// A body that is too long or too slow is an error of the client.
app.UseExceptionHandler(new ExceptionHandlerOptions
{
    SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
    StatusCodeSelector = failure => (failure as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError,
});
app.UseStatusCodePages();
app.UseRequestTimeouts();
app.UseRateLimiter();

app.MapGet("/health", (Classifier model) => new { status = "ok", classes = model.ClassNames, version = model.Version })
    .DisableRequestTimeout();

// The body is a JPEG or PNG file; the response has the most probable class and the probabilities of all classes.
app.MapPost("/predict", async (HttpRequest request, Classifier model, CancellationToken cancellation) =>
{
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body, cancellation);
    return model.TryPredict(body.ToArray(), limits.Pixels, out ClassPrediction? prediction, out string? problem)
        ? Results.Ok(prediction)
        : Results.Problem(problem, statusCode: StatusCodes.Status400BadRequest, title: "The body is not an image that can be classified.");
});

await app.RunAsync();
return 0;
