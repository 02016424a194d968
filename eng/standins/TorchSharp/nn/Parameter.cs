using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }

    namespace Modules
    {
        /// <summary>A tensor that a module learns.</summary>
        public class Parameter : torch.Tensor
        {
            /// <summary>Takes the native tensor over; data is invalid afterwards, though TotalCount goes on counting it.</summary>
            public Parameter(torch.Tensor data, bool requires_grad = true) : base(data.with_requires_grad(requires_grad).MoveHandle())
            {
            }

            private Parameter(IntPtr handle) : base(handle)
            {
            }

            /// <summary>A new parameter in place of data, which is disposed.</summary>
            internal static Parameter InPlaceOf(torch.Tensor data)
            {
                using (data)
                {
                    return OtherHandleTo(data.with_requires_grad());
                }
            }

            /// <summary>Another handle to the same native tensor, disposed independently.</summary>
            internal static Parameter OtherHandleTo(torch.Tensor tensor) => new(Native.tensor_alias_handle(tensor));
        }
    }
}
