using System.Globalization;
using FeatureReuse;
using FeatureReuse.ChildProcess;

return args switch
{
    ["score", var model, var data] => LoadedModel.Score(model, data),
    ["load", var address, var seconds, var server]
        => RequestLoad.Run(address, double.Parse(seconds, CultureInfo.InvariantCulture), int.Parse(server, CultureInfo.InvariantCulture)),
    ["train", var kind, var folder, var model] => InterruptedTraining.Run(kind, folder, model),
    ["hashes"] => ResultHashes.Print(),
    ["report"] => Report(),
    _ => throw new ArgumentException($"Unknown arguments: {string.Join(' ', args)}"),
};

static int Report()
{
    Console.WriteLine(RuntimeReport.Create());
    return 0;
}
