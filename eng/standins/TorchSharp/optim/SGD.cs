using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static SGD SGD(IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
                => new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
                => new(parameters.Select(named => named.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
                => new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }

    namespace Modules
    {
        /// <summary>Stochastic gradient descent, with momentum if wanted.</summary>
        public class SGD : OptimizerHelper, optim.IMomentum
        {
            private readonly Options _defaults;

            public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
                : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
            {
            }

            public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
            {
                Require(lr >= 0, $"Invalid learning rate: {lr}");
                Require(momentum >= 0, $"Invalid momentum value: {momentum}");
                Require(weight_decay >= 0, $"Invalid weight_decay value: {weight_decay}");
                Require(!nesterov || (momentum > 0 && dampening == 0), "Nesterov momentum requires a momentum and zero dampening");
                _defaults = new Options { LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize };
                foreach (ParamGroup group in parameters)
                {
                    add_param_group(group);
                }
            }

            public double Momentum
            {
                get => _defaults.momentum!.Value;
                set => _defaults.momentum = value;
            }

            private protected override OptimizerOptions Complete(OptimizerOptions? given)
            {
                Options options = (Options?)given ?? new Options();
                options.LearningRate ??= _defaults.LearningRate;
                options.momentum ??= _defaults.momentum;
                options.dampening ??= _defaults.dampening;
                options.weight_decay ??= _defaults.weight_decay;
                options.nesterov ??= _defaults.nesterov;
                options.maximize ??= _defaults.maximize;
                return options;
            }

            private protected override OptimizerState NewState(Parameter parameter, OptimizerOptions options) => new State(parameter);

            private protected override void Step(Modules.ParamGroup group, OptimizerState[] states, IntPtr[] parameters)
            {
                Options options = (Options)group.Options!;
                IntPtr[] buffers = [.. states.Select(state => ((State)state).momentum_buffer?.Handle ?? IntPtr.Zero)];
                Native.optim_sgd(parameters, buffers, parameters.Length, options.LearningRate!.Value, options.momentum!.Value, options.dampening!.Value,
                    options.weight_decay!.Value, options.nesterov!.Value, options.maximize!.Value);
                for (int i = 0; i < states.Length; i++)
                {
                    State state = (State)states[i];
                    if (state.momentum_buffer is null && buffers[i] != IntPtr.Zero)
                    {
                        state.momentum_buffer = new Tensor(buffers[i]).DetachFromDisposeScope();
                    }
                }
                GC.KeepAlive(states);
            }

            /// <summary>The running sum of a parameter's gradients.</summary>
            public sealed class State : OptimizerState, IDisposable
            {
                public Tensor? momentum_buffer;

                public State(Parameter parameter) : base(parameter)
                {
                }

                public void Dispose() => DisposeTensors();

                public override void to(Device device) => momentum_buffer = momentum_buffer?.to(device, disposeAfter: true).DetachFromDisposeScope();

                public override void LoadStateDict(OptimizerState source)
                {
                    DisposeTensors();
                    momentum_buffer = Copy(((State)source).momentum_buffer);
                }

                internal override void DisposeTensors()
                {
                    momentum_buffer?.Dispose();
                    momentum_buffer = null;
                }
            }

            /// <summary>Options of a group.</summary>
            public class Options : OptimizerOptions
            {
                public double? momentum;
                public double? dampening;
                public double? weight_decay;
                public bool? nesterov;
                public bool? maximize;

                public override void LoadStateDict(OptimizerOptions source)
                {
                    base.LoadStateDict(source);
                    Options options = (Options)source;
                    momentum = options.momentum;
                    dampening = options.dampening;
                    weight_decay = options.weight_decay;
                    nesterov = options.nesterov;
                    maximize = options.maximize;
                }
            }

            /// <summary>Parameters with options of their own.</summary>
            public class ParamGroup : ParamGroup<Options>, optim.IMomentum
            {
                public ParamGroup()
                {
                }

                public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
                {
                }

                public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
                    : base(parameters, new Options { LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize })
                {
                }

                public double Momentum
                {
                    get => Options.momentum!.Value;
                    set => Options.momentum = value;
                }
            }
        }
    }
}
