using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ReLU ReLU(bool inplace = false) => new(inplace);

            public static GELU GELU() => new();

            public static Softmax Softmax(long dim) => new(dim);

            public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);

            public static Identity Identity() => new();

            public static Flatten Flatten(long startDim = 1, long endDim = -1) => new(startDim, endDim);
        }
    }

    namespace Modules
    {
        /// <summary>max(x, 0).</summary>
        public sealed class ReLU : Stateless
        {
            private readonly bool _inPlace;

            internal ReLU(bool inPlace) : base(nameof(ReLU)) => _inPlace = inPlace;

            public override Tensor forward(Tensor input) => nn.functional.relu(input, _inPlace);
        }

        /// <summary>x times the standard normal distribution function of x.</summary>
        public sealed class GELU : Stateless
        {
            internal GELU() : base(nameof(GELU))
            {
            }

            public override Tensor forward(Tensor input) => nn.functional.gelu(input);
        }

        /// <summary>exp(x) over its sum along one dimension.</summary>
        public sealed class Softmax : Stateless
        {
            private readonly long _dim;

            internal Softmax(long dim) : base(nameof(Softmax)) => _dim = dim;

            public override Tensor forward(Tensor input) => input.softmax(_dim);
        }

        /// <summary>Sets values to zero at random while training.</summary>
        public sealed class Dropout : Stateless
        {
            private readonly double _p;
            private readonly bool _inPlace;

            internal Dropout(double p, bool inPlace) : base(nameof(Dropout))
            {
                _p = p;
                _inPlace = inPlace;
            }

            public override Tensor forward(Tensor input) => nn.functional.dropout(input, _p, training, _inPlace);
        }

        /// <summary>What comes in, under another handle.</summary>
        public sealed class Identity : Stateless
        {
            internal Identity() : base("torch::nn::IdentityImpl")
            {
            }

            public override Tensor forward(Tensor input) => input.alias();
        }

        /// <summary>Several dimensions as one.</summary>
        public sealed class Flatten : Stateless
        {
            private readonly long _start;
            private readonly long _end;

            internal Flatten(long start, long end) : base("torch::nn::FlattenImpl")
            {
                _start = start;
                _end = end;
            }

            public override Tensor forward(Tensor input) => input.flatten(_start, _end);
        }
    }
}
