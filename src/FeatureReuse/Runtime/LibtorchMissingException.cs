namespace FeatureReuse;

/// <summary>Says that libtorch could not be loaded; the message is the diagnosis.</summary>
internal sealed class LibtorchMissingException(string diagnosis, Exception? cause = null) : Exception(diagnosis, cause);
