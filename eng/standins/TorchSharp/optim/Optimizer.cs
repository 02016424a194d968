using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Optimisers.</summary>
    public static partial class optim
    {
        /// <summary>Moves parameters along their gradients.</summary>
        public abstract partial class Optimizer : IDisposable
        {
            ~Optimizer() => Dispose(false);

            public abstract IEnumerable<ILearningRateController> ParamGroups { get; }

            public abstract void zero_grad();

            public abstract Tensor step(Func<Tensor>? closure = null);

            public abstract IEnumerable<Parameter> parameters();

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
            }

            /// <summary>The options of all groups and the states of all parameters; the optimiser's own, not copies.</summary>
            public class StateDictionary
            {
                internal StateDictionary()
                {
                }

                public List<OptimizerOptions> Options { get; } = [];

                public List<OptimizerState> State { get; } = [];
            }
        }

        /// <summary>What has a learning rate.</summary>
        public interface ILearningRateController
        {
            double LearningRate { get; set; }

            double InitialLearningRate { get; set; }
        }

        /// <summary>What has a momentum.</summary>
        public interface IMomentum
        {
            double Momentum { get; set; }
        }

        /// <summary>What has two decay rates of moments.</summary>
        public interface IBetas
        {
            (double, double) Betas { get; set; }
        }
    }
}
