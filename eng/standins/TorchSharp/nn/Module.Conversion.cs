using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Moving a module to another device or type.</summary>
        public partial class Module
        {
            private DeviceType _deviceType = DeviceType.CPU;
            private int _deviceIndex = -1;

            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                RequireReal(dtype);
                device = Known(device.type, device.index);
                foreach ((_, Module child) in named_children())
                {
                    child._to(device, dtype, non_blocking);
                }
                return Move(device, dtype);
            }

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                Device device = Known(deviceType, deviceIndex);
                if (device.type == _deviceType && device.index == _deviceIndex)
                {
                    return this;
                }
                foreach ((_, Module child) in named_children())
                {
                    child._to(device.type, device.index, non_blocking);
                }
                return Move(device, null);
            }

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                RequireReal(dtype);
                foreach ((_, Module child) in named_children())
                {
                    child._to(dtype, non_blocking);
                }
                return Move(null, dtype);
            }

            private static void RequireReal(ScalarType type)
            {
                if (!type.IsFloatingPoint())
                {
                    throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, but got desired dtype={type}");
                }
            }

            private static Device Known(DeviceType type, int index)
            {
                if (type == DeviceType.CUDA && !cuda.is_available())
                {
                    throw new InvalidOperationException("CUDA is not available.");
                }
                return new Device(type, type == DeviceType.CUDA ? index : -1);
            }

            /// <summary>Replaces the own tensors that are elsewhere or of another type, also in the fields that hold them.</summary>
            private Module Move(Device? device, ScalarType? type)
            {
                Dictionary<string, FieldInfo> fields = Fields().ToDictionary(field => field.ComponentName());
                foreach ((string name, Parameter parameter) in named_parameters(false).ToArray())
                {
                    if (!Differs(parameter, device, type))
                    {
                        continue;
                    }
                    Parameter moved = Moved(parameter, device, type);
                    _parameters[name] = moved;
                    Assign(fields, name, moved);
                }
                foreach ((string name, Tensor buffer) in named_buffers(false).ToArray())
                {
                    if (!Differs(buffer, device, type))
                    {
                        continue;
                    }
                    Tensor moved = buffer.to(TargetType(buffer, type), device ?? buffer.device, disposeAfter: true).DetachFromDisposeScope();
                    _buffers[name] = (moved, true);
                    Assign(fields, name, moved);
                }
                if (device is not null)
                {
                    (_deviceType, _deviceIndex) = (device.type, device.index);
                }
                return this;
            }

            private static bool Differs(Tensor tensor, Device? device, ScalarType? type)
                => (device is not null && (tensor.device_type != device.type || tensor.device_index != device.index)) || (type ?? tensor.dtype) != tensor.dtype;

            private static ScalarType TargetType(Tensor tensor, ScalarType? type) => tensor.is_floating_point() ? type ?? tensor.dtype : tensor.dtype;

            /// <summary>The parameter elsewhere, a leaf of its own, with its gradient; the old one is disposed.</summary>
            private static Parameter Moved(Parameter parameter, Device? device, ScalarType? type)
            {
                using IDisposable frozen = no_grad();
                ScalarType targetType = TargetType(parameter, type);
                Device target = device ?? parameter.device;
                Parameter moved = new(parameter.to(targetType, target), parameter.requires_grad);
                moved.DetachFromDisposeScope();
                using (Tensor? grad = parameter.grad)
                {
                    if (grad is not null)
                    {
                        using Tensor movedGrad = grad.to(targetType, target);
                        moved.grad = movedGrad;
                    }
                }
                parameter.Dispose();
                return moved;
            }

            private void Assign(Dictionary<string, FieldInfo> fields, string name, Tensor value)
            {
                if (fields.TryGetValue(name, out FieldInfo? field))
                {
                    field.SetValue(this, value);
                }
            }
        }
    }
}
