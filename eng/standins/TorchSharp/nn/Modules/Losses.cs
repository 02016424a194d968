using TorchSharp.Modules;

namespace TorchSharp
{
    /// <summary>A module that compares an output with a target.</summary>
    public abstract class Loss<T1, T2, TResult> : torch.nn.Module<T1, T2, TResult>
    {
        protected Loss(torch.nn.Reduction reduction = torch.nn.Reduction.Mean) : base("Loss") => this.reduction = reduction;

        public torch.nn.Reduction reduction { get; }
    }

    /// <summary>A loss with a weight for each class.</summary>
    public abstract class WeightedLoss<T1, T2, TResult> : Loss<T1, T2, TResult>
    {
        protected WeightedLoss(torch.Tensor? weight = null, torch.nn.Reduction reduction = torch.nn.Reduction.Mean) : base(reduction) => this.weight = weight;

        public torch.Tensor? weight { get; }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static CrossEntropyLoss CrossEntropyLoss(Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean)
                => new(weight, ignore_index, reduction);

            public static MSELoss MSELoss(Reduction reduction = Reduction.Mean) => new(reduction);
        }
    }

    namespace Modules
    {
        /// <summary>Cross entropy of logits and class indices.</summary>
        public sealed class CrossEntropyLoss(torch.Tensor? weight = null, long? ignore_index = null, torch.nn.Reduction reduction = torch.nn.Reduction.Mean, double label_smoothing = 0.0)
            : WeightedLoss<torch.Tensor, torch.Tensor, torch.Tensor>(weight, reduction)
        {
            public long? ignore_index { get; } = ignore_index;

            public double label_smoothing { get; } = label_smoothing;

            public override torch.Tensor forward(torch.Tensor input1, torch.Tensor input2)
                => torch.nn.functional.cross_entropy(input1, input2, weight, ignore_index ?? -100, reduction, label_smoothing);
        }

        /// <summary>Mean squared error.</summary>
        public sealed class MSELoss(torch.nn.Reduction reduction = torch.nn.Reduction.Mean) : Loss<torch.Tensor, torch.Tensor, torch.Tensor>(reduction)
        {
            public override torch.Tensor forward(torch.Tensor input1, torch.Tensor input2) => torch.nn.functional.mse_loss(input1, input2, reduction);
        }
    }
}
