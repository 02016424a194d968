using FeatureReuse.OtherProcess;

return args switch
{
    ["score", var model, var data] => LoadedModel.Score(model, data),
    _ => throw new ArgumentException($"Unknown arguments: {string.Join(' ', args)}"),
};
