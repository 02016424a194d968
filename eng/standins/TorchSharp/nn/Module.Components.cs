using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What a module is made of.</summary>
        public partial class Module
        {
            private readonly OrderedDictionary<string, Module> _submodules = [];
            private readonly OrderedDictionary<string, (Tensor Tensor, bool Persistent)> _buffers = [];
            private readonly OrderedDictionary<string, Parameter> _parameters = [];
            private bool _registered;

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
                => Distinct(_parameters.Select(entry => (entry.Key, entry.Value)), recurse, module => module.named_parameters());

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(named => named.parameter);

            /// <summary>The persistent buffers; the others are never listed, as in TorchSharp 0.102.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
                => Distinct(_buffers.Where(entry => entry.Value.Persistent).Select(entry => (entry.Key, entry.Value.Tensor)), recurse,
                    module => module.named_buffers(true, include_nonpersistent));

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true)
                => named_buffers(recurse, include_nonpersistent).Select(named => named.buffer);

            public virtual IEnumerable<(string name, Module module)> named_children() => _submodules.Select(entry => (entry.Key, entry.Value));

            public virtual IEnumerable<Module> children() => named_children().Select(named => named.module);

            public virtual IEnumerable<(string name, Module module)> named_modules()
                => named_children().Concat(named_children().SelectMany(child => child.module.named_modules().Select(inner => ($"{child.name}.{inner.name}", inner.module))));

            public virtual IEnumerable<Module> modules() => named_modules().Select(named => named.module);

            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid)
                {
                    throw new ArgumentNullException(nameof(param), "A null tensor cannot be registered as a parameter.");
                }
                if (!_parameters.TryAdd(name, param))
                {
                    throw new InvalidOperationException($"Parameter {name} is already registered.");
                }
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null || tensor.IsInvalid)
                {
                    throw new ArgumentNullException(nameof(tensor), "A null tensor cannot be registered as a buffer.");
                }
                if (!_buffers.TryAdd(name, (tensor, persistent)))
                {
                    throw new InvalidOperationException($"Tensor {name} is already registered.");
                }
            }

            public void add_module(string name, Module? module) => register_module(name, module);

            public virtual void register_module(string name, Module? submodule)
            {
                if (submodule is null || submodule._disposed)
                {
                    _submodules.Remove(name);
                    return;
                }
                if (string.IsNullOrEmpty(name) || name.Contains('.', StringComparison.Ordinal))
                {
                    throw new ArgumentException(string.IsNullOrEmpty(name) ? "module name can't be empty string \"\"" : $"module name can't contain \".\", got: {name}");
                }
                submodule.RegisterComponents();
                if (!_submodules.TryAdd(name, submodule))
                {
                    throw new InvalidOperationException($"Sub-module {name} is already registered.");
                }
            }

            /// <summary>Registers what the fields hold under the fields' names.</summary>
            protected virtual void RegisterComponents()
            {
                if (_registered)
                {
                    return;
                }
                foreach (FieldInfo field in Fields())
                {
                    string name = field.ComponentName();
                    if (_submodules.ContainsKey(name) || _parameters.ContainsKey(name) || _buffers.ContainsKey(name))
                    {
                        continue;
                    }
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(name, module);
                            break;
                        case Parameter parameter:
                            register_parameter(name, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(name, tensor);
                            break;
                    }
                }
                _registered = true;
            }

            private protected Parameter? Find(string name) => _parameters.GetValueOrDefault(name);

            private protected Tensor? FindBuffer(string name) => _buffers.GetValueOrDefault(name).Tensor;

            private protected void Replace(string name, Parameter value) => _parameters[name] = value;

            private protected void ReplaceBuffer(string name, Tensor value) => _buffers[name] = (value, true);

            private FieldInfo[] Fields() => GetType().GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance);

            /// <summary>Own tensors, then the submodules', each native tensor once; disposed ones are left out.</summary>
            private IEnumerable<(string, T)> Distinct<T>(IEnumerable<(string, T)> own, bool recurse, Func<Module, IEnumerable<(string, T)>> ofSubmodule)
                where T : Tensor
            {
                HashSet<IntPtr> seen = [IntPtr.Zero];
                foreach ((string name, T tensor) in own)
                {
                    if (seen.Add(tensor.handle))
                    {
                        yield return (name, tensor);
                    }
                }
                if (!recurse)
                {
                    yield break;
                }
                foreach ((string prefix, Module module) in _submodules)
                {
                    foreach ((string name, T tensor) in ofSubmodule(module))
                    {
                        if (seen.Add(tensor.handle))
                        {
                            yield return ($"{prefix}.{name}", tensor);
                        }
                    }
                }
            }
        }
    }
}
