using FeatureReuse.OtherProcess;

return args switch
{
    ["score", var model, var data] => LoadedModel.Score(model, data),
    ["train", var kind, var folder, var model] => InterruptedTraining.Run(kind, folder, model),
    _ => throw new ArgumentException($"Unknown arguments: {string.Join(' ', args)}"),
};
