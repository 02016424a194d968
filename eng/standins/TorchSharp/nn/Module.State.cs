using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Weights to and from dictionaries and files.</summary>
        public partial class Module
        {
            /// <summary>Parameters, then persistent buffers, by name; the module's own tensors, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                string start = string.IsNullOrEmpty(prefix) ? "" : $"{prefix}.";
                foreach ((string name, Tensor tensor) in named_parameters())
                {
                    destination.TryAdd(start + name, tensor);
                }
                foreach ((string name, Tensor tensor) in named_buffers(include_nonpersistent: false))
                {
                    destination.TryAdd(start + name, tensor);
                }
                return destination;
            }

            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                Dictionary<string, Tensor> destination = state_dict();
                List<string> wanted = [.. destination.Keys.Where(key => skip?.Contains(key) != true)];
                List<string> given = [.. source.Keys.Where(key => skip?.Contains(key) != true)];
                List<string> missing = [.. wanted.Where(key => !source.ContainsKey(key))];
                List<string> unexpected = [.. given.Where(key => !destination.ContainsKey(key))];
                if (strict && (missing.Count > 0 || unexpected.Count > 0))
                {
                    throw new InvalidOperationException("The loaded state_dict is not identical to the target dictionary.");
                }
                using IDisposable frozen = no_grad();
                foreach (string key in given.Where(destination.ContainsKey))
                {
                    destination[key].copy_(source[key]);
                }
                return (missing, unexpected);
            }

            public Module save(string location, IList<string>? skip = null)
            {
                using FileStream stream = File.Create(location);
                return save(stream, skip);
            }

            /// <summary>Closes the stream.</summary>
            public Module save(Stream stream, IList<string>? skip = null)
            {
                using BinaryWriter writer = new(stream);
                return save(writer, skip);
            }

            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                KeyValuePair<string, Tensor>[] entries = [.. sd.Where(entry => skip?.Contains(entry.Key) != true)];
                writer.Encode(entries.Length);
                foreach ((string name, Tensor tensor) in entries)
                {
                    writer.Write(name);
                    tensor.Save(writer);
                }
            }

            public virtual Module load(string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                if (!File.Exists(location))
                {
                    throw new FileNotFoundException(location);
                }
                using FileStream stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            /// <summary>Closes the stream.</summary>
            public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using BinaryReader reader = new(stream);
                return load(reader, strict, skip, loadedParameters);
            }

            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                Dictionary<string, Tensor> destination = state_dict();
                long count = reader.Decode();
                if (strict && count != destination.Count)
                {
                    throw new ArgumentException($"Mismatched state_dict sizes: expected {destination.Count}, but found {count} entries.");
                }
                for (long i = 0; i < count; i++)
                {
                    string name = reader.ReadString();
                    bool found = destination.TryGetValue(name, out Tensor? target);
                    if (!found && strict)
                    {
                        throw new ArgumentException($"Mismatched module state names: the target modules does not have a submodule or buffer named '{name}'");
                    }
                    if (found && skip?.Contains(name) != true)
                    {
                        target!.Load(reader);
                    }
                    else
                    {
                        TensorExtensionMethods.Load(reader, skip: true).Dispose();
                    }
                    loadedParameters?.Add(name, found);
                }
                return this;
            }
        }
    }
}
