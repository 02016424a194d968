using System.Globalization;
using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential() => new(Array.Empty<Module<Tensor, Tensor>>());

            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules);

            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new(modules.ToArray());

            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new(modules.ToArray());
        }
    }

    namespace Modules
    {
        /// <summary>Modules one after the other; what lies between two is disposed as soon as it was used.</summary>
        public class Sequential : nn.Module<Tensor, Tensor>
        {
            private readonly List<nn.IModule<Tensor, Tensor>> _chain = [];

            protected internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules) : base("torch::nn::SequentialImpl")
            {
                foreach ((string name, nn.Module<Tensor, Tensor> module) in modules)
                {
                    append(name, module);
                }
            }

            protected internal Sequential(params nn.Module<Tensor, Tensor>[] modules) : base("torch::nn::SequentialImpl")
            {
                foreach (nn.Module<Tensor, Tensor> module in modules)
                {
                    append(module);
                }
            }

            public int Count => _chain.Count;

            [IndexerName("SequentialItems")]
            public nn.IModule<Tensor, Tensor> this[int index] => _chain[index];

            public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
            {
                register_module(name, (nn.Module)module);
                _chain.Add(module);
                return this;
            }

            public Sequential append(nn.IModule<Tensor, Tensor> module) => append(_chain.Count.ToString(CultureInfo.InvariantCulture), module);

            public override Tensor forward(Tensor input)
            {
                if (_chain.Count == 0)
                {
                    return input.alias();
                }
                Tensor x = _chain[0].call(input);
                for (int i = 1; i < _chain.Count; i++)
                {
                    using Tensor before = x;
                    x = _chain[i].call(before);
                }
                return x;
            }

            protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking) => EachTo(module => module._to(device, dtype, non_blocking));

            protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => EachTo(module => module._to(deviceType, deviceIndex, non_blocking));

            protected internal override nn.Module _to(ScalarType dtype, bool non_blocking) => EachTo(module => module._to(dtype, non_blocking));

            private Sequential EachTo(Action<nn.Module> move)
            {
                foreach (nn.Module module in children())
                {
                    move(module);
                }
                return this;
            }
        }
    }
}
