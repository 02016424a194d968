using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Comparisons; all but two give a tensor of truth values.</summary>
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Native.tensor_eq(this, target);

        public Tensor equal(Tensor target) => eq(target);

        public Tensor eq(Scalar target) => Native.tensor_eq_number(this, target);

        public Tensor eq_(Tensor target)
        {
            Native.tensor_eq_(this, target);
            return this;
        }

        public Tensor eq_(Scalar target)
        {
            Native.tensor_eq_number_(this, target);
            return this;
        }

        public Tensor ne(Tensor target) => Native.tensor_ne(this, target);

        public Tensor not_equal(Tensor target) => ne(target);

        public Tensor ne(Scalar target) => Native.tensor_ne_number(this, target);

        public Tensor ne_(Tensor target)
        {
            Native.tensor_ne_(this, target);
            return this;
        }

        public Tensor ne_(Scalar target)
        {
            Native.tensor_ne_number_(this, target);
            return this;
        }

        public Tensor lt(Tensor target) => Native.tensor_lt(this, target);

        public Tensor less(Tensor target) => lt(target);

        public Tensor lt(Scalar target) => Native.tensor_lt_number(this, target);

        public Tensor lt_(Tensor target)
        {
            Native.tensor_lt_(this, target);
            return this;
        }

        public Tensor lt_(Scalar target)
        {
            Native.tensor_lt_number_(this, target);
            return this;
        }

        public Tensor le(Tensor target) => Native.tensor_le(this, target);

        public Tensor less_equal(Tensor target) => le(target);

        public Tensor le(Scalar target) => Native.tensor_le_number(this, target);

        public Tensor le_(Tensor target)
        {
            Native.tensor_le_(this, target);
            return this;
        }

        public Tensor le_(Scalar target)
        {
            Native.tensor_le_number_(this, target);
            return this;
        }

        public Tensor gt(Tensor target) => Native.tensor_gt(this, target);

        public Tensor greater(Tensor target) => gt(target);

        public Tensor gt(Scalar target) => Native.tensor_gt_number(this, target);

        public Tensor gt_(Tensor target)
        {
            Native.tensor_gt_(this, target);
            return this;
        }

        public Tensor gt_(Scalar target)
        {
            Native.tensor_gt_number_(this, target);
            return this;
        }

        public Tensor ge(Tensor target) => Native.tensor_ge(this, target);

        public Tensor greater_equal(Tensor target) => ge(target);

        public Tensor ge(Scalar target) => Native.tensor_ge_number(this, target);

        public Tensor ge_(Tensor target)
        {
            Native.tensor_ge_(this, target);
            return this;
        }

        public Tensor ge_(Scalar target)
        {
            Native.tensor_ge_number_(this, target);
            return this;
        }

        /// <summary>Whether both have the same shape and the same elements.</summary>
        public bool Equals(Tensor target)
        {
            Native.tensor_same(this, target, out bool same);
            return same;
        }

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            Native.tensor_allclose(this, target, rtol, atol, equal_nan, out bool close);
            return close;
        }
    }
}
