using FeatureReuse.OtherProcess;

return args switch
{
    ["score", var model, var data] => LoadedModel.Score(model, data),
    ["load", var address, var seconds, var server] => Load.Run(address, double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture), int.Parse(server, System.Globalization.CultureInfo.InvariantCulture)),
    ["train", var kind, var folder, var model] => InterruptedTraining.Run(kind, folder, model),
    ["bits"] => Bits.Print(),
    ["report"] => Report(),
    _ => throw new ArgumentException($"Unknown arguments: {string.Join(' ', args)}"),
};

static int Report()
{
    Console.WriteLine(FeatureReuse.RuntimeReport.Create());
    return 0;
}
