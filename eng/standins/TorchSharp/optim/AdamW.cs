using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static AdamW AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                => new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                => new(parameters.Select(named => named.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(IEnumerable<AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                => new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }

    namespace Modules
    {
        using static torch;

        /// <summary>Adam with weight decay apart from the gradient (Loshchilov and Hutter 2019).</summary>
        public class AdamW : OptimizerHelper, optim.IBetas
        {
            private readonly Options _defaults;

            public AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
            {
            }

            public AdamW(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            {
                Require(lr >= 0, $"Invalid learning rate: {lr}");
                Require(eps >= 0, $"Invalid ε: {eps}");
                Require(beta1 is >= 0 and < 1, $"Invalid beta1: {beta1}");
                Require(beta2 is >= 0 and < 1, $"Invalid beta2: {beta2}");
                Require(weight_decay >= 0, $"Invalid weight_decay value: {weight_decay}");
                _defaults = new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize };
                foreach (ParamGroup group in parameters)
                {
                    add_param_group(group);
                }
            }

            public (double, double) Betas
            {
                get => (_defaults.beta1!.Value, _defaults.beta2!.Value);
                set => (_defaults.beta1, _defaults.beta2) = value;
            }

            private protected override OptimizerOptions Complete(OptimizerOptions? given) => Options.Complete((Options?)given ?? new Options(), _defaults);

            private protected override OptimizerState NewState(Parameter parameter, OptimizerOptions options) => new State(parameter, (Options)options);

            private protected override void Step(Modules.ParamGroup group, OptimizerState[] states, IntPtr[] parameters)
                => AdamMoments.Step((Options)group.Options!, states, parameters, decoupled: true);

            /// <summary>The running moments of a parameter's gradients.</summary>
            public sealed class State : AdamMoments
            {
                internal State(Parameter parameter, Options options) : base(parameter, options)
                {
                }
            }

            /// <summary>Options of a group.</summary>
            public class Options : AdamOptions;

            /// <summary>Parameters with options of their own.</summary>
            public class ParamGroup : ParamGroup<Options>, optim.IBetas
            {
                public ParamGroup()
                {
                }

                public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
                {
                }

                public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                    : base(parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize })
                {
                }

                public (double, double) Betas
                {
                    get => (Options.beta1!.Value, Options.beta2!.Value);
                    set => (Options.beta1, Options.beta2) = value;
                }
            }
        }
    }
}
