using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static BatchNorm1d BatchNorm1d(long features, double eps = 1e-05, double momentum = 0.1, bool affine = true,
                bool track_running_stats = true, Device? device = null, ScalarType? dtype = null)
                => new(features, eps, momentum, affine, track_running_stats, device, dtype);

            public static BatchNorm2d BatchNorm2d(long features, double eps = 1e-05, double momentum = 0.1, bool affine = true,
                bool track_running_stats = true, Device? device = null, ScalarType? dtype = null)
                => new(features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }

    namespace Modules
    {
        /// <summary>Batch normalisation, whatever the number of dimensions.</summary>
        public abstract class BatchNorm : Weighted
        {
            private readonly double _eps;
            private readonly double _momentum;

            private protected BatchNorm(string name, long features, double eps, double momentum, bool affine, bool track, Device? device, ScalarType? dtype) : base(name)
            {
                _eps = eps;
                _momentum = momentum;
                if (affine)
                {
                    nn.init.ones_(Add("weight", [features], device, dtype));
                    nn.init.zeros_(Add("bias", [features], device, dtype));
                }
                if (track)
                {
                    register_buffer("running_mean", zeros(features, dtype, device));
                    register_buffer("running_var", ones(features, dtype, device));
                    register_buffer("num_batches_tracked", zeros([], ScalarType.Int64, device));
                }
            }

            public Tensor? running_mean
            {
                get => FindBuffer("running_mean")?.alias();
                set => ReplaceBuffer("running_mean", value ?? throw new ArgumentNullException(nameof(value), "running_mean cannot be set to 'null'"));
            }

            public Tensor? running_var
            {
                get => FindBuffer("running_var")?.alias();
                set => ReplaceBuffer("running_var", value ?? throw new ArgumentNullException(nameof(value), "running_var cannot be set to 'null'"));
            }

            public Tensor? num_batches_tracked => FindBuffer("num_batches_tracked")?.alias();

            public void reset_running_stats()
            {
                FindBuffer("running_mean")?.zero_();
                FindBuffer("running_var")?.fill_(1);
                FindBuffer("num_batches_tracked")?.zero_();
            }

            public override Tensor forward(Tensor input)
            {
                long dimensions = input.Dimensions;
                if (!Takes(dimensions))
                {
                    throw new ArgumentException($"Invalid number of dimensions for BatchNorm argument: {dimensions}");
                }
                Tensor? mean = FindBuffer("running_mean");
                return Native.nn_batch_norm(input, Weight, Bias, mean, FindBuffer("running_var"), FindBuffer("num_batches_tracked"),
                    training || mean is null, _momentum, _eps);
            }

            private protected abstract bool Takes(long dimensions);
        }

        /// <summary>Batch normalisation of [n, features] or [n, features, length].</summary>
        public sealed class BatchNorm1d : BatchNorm
        {
            internal BatchNorm1d(long features, double eps, double momentum, bool affine, bool track, Device? device, ScalarType? dtype)
                : base(nameof(BatchNorm1d), features, eps, momentum, affine, track, device, dtype)
            {
            }

            private protected override bool Takes(long dimensions) => dimensions is 2 or 3;
        }

        /// <summary>Batch normalisation of [n, features, height, width].</summary>
        public sealed class BatchNorm2d : BatchNorm
        {
            internal BatchNorm2d(long features, double eps, double momentum, bool affine, bool track, Device? device, ScalarType? dtype)
                : base(nameof(BatchNorm2d), features, eps, momentum, affine, track, device, dtype)
            {
            }

            private protected override bool Takes(long dimensions) => dimensions == 4;
        }
    }
}
