namespace FeatureReuse;

/// <summary>
/// Checks the convolutions of a network before its first images of a size, with and without gradients (see <see cref="ConvolutionCheck"/>).
/// </summary>
internal sealed class ConvolutionGuard(ImageClassifier network)
{
    private readonly Lock _checking = new();
    private readonly HashSet<(long Height, long Width, bool Trains)> _checked = [];

    public void Require(long height, long width)
    {
        bool trains = is_grad_enabled();
        // The pass below comes here again, on the same thread, and finds its size checked.
        lock (_checking)
        {
            if (!_checked.Add((height, width, trains)) || (!trains && _checked.Contains((height, width, true))))
                return;
            _checked.Add((height, width, false));
            try
            {
                ConvolutionCheck.OfProcess.Require(network, () => network.call(zeros(1, network.Input.Channels, height, width)), trains);
            }
            catch
            {
                _checked.Clear();
                throw;
            }
        }
    }
}
