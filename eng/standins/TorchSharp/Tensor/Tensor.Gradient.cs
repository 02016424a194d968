using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Gradients.</summary>
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => Native.tensor_requires_grad(this);
            set => Native.tensor_set_requires_grad(this, value);
        }

        public Tensor? grad
        {
            get => Native.tensor_grad(this);
            set => Native.tensor_set_grad(this, value);
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad() => Native.tensor_retain_grad(this);

        public void backward() => Native.tensor_backward(this);

        public Tensor detach() => Native.tensor_detach(this);
    }
}
