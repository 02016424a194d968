namespace FeatureReuse;

/// <summary>Saves, loads, imports and exports classifiers.</summary>
public static class TrainedClassifierFiles
{
    extension(TrainedClassifier classifier)
    {
        /// <summary>Writes network, options, seeds and history to a file; beside it first, then renamed.</summary>
        /// <param name="path">A safetensors file to create or replace; its folder must exist.</param>
        /// <exception cref="IOException">The file cannot be written; what was there before is left.</exception>
        public void Save(string path) => WholeFile.Write(path, stream => ClassifierFile.Write(stream, Require.NotNull(classifier)));

        /// <summary>
        /// Writes the weights alone under torchvision's names: PyTorch's <c>model.load_state_dict(safetensors.torch.load_file(path))</c>
        /// reads them, with images normalized as <see cref="ImageClassifier.Normalization"/> says.
        /// </summary>
        /// <param name="path">A safetensors file to create or replace; its folder must exist.</param>
        /// <exception cref="IOException">The file cannot be written; what was there before is left.</exception>
        public void ExportWeights(string path) => WeightFile.Write(path, Require.NotNull(classifier).Network);

        /// <summary>
        /// Writes the classifier as an ONNX model (opset 17) for other runtimes. In: "images" [n, channels, height, width], floats, pixels
        /// as they are. Out: "probabilities" [n, classes] and "features" [n, features], what the readout reads. Metadata: "class_names" as
        /// JSON, "task", "network", "producer_version".
        /// </summary>
        /// <param name="path">The file to create or replace; its folder must exist.</param>
        /// <exception cref="NotSupportedException">The network is a custom one, whose forward pass is not known.</exception>
        /// <exception cref="IOException">The file cannot be written; what was there before is left.</exception>
        public void ExportOnnx(string path) => OnnxClassifier.GraphOf(Require.NotNull(classifier)).Save(path);

        /// <summary>Loads a saved classifier, on the CPU, with bit-identical weights. No code in the file is run.</summary>
        /// <param name="path">The file.</param>
        /// <param name="architectures">The custom architectures that the file may have.</param>
        /// <exception cref="ArgumentException">Two architectures have the same name.</exception>
        /// <exception cref="InvalidDataException">The file holds no classifier, or is damaged; the message says how.</exception>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        public static TrainedClassifier Load(string path, params IReadOnlyList<NetworkArchitecture> architectures)
            => ModelFile.Load(path, file => ClassifierFile.Read(file, architectures));

        /// <summary>
        /// Creates a classifier from weights that another program trained: a safetensors file with torchvision's names. For
        /// <see cref="NetworkArchitecture.ViT"/> timm's names are read too, but its attention and feed-forward layers differ from timm's,
        /// so that such weights are a start and not the same function. Pickles are never read.
        /// </summary>
        /// <param name="path">The file; floats of any width.</param>
        /// <param name="network">The architecture.</param>
        /// <param name="input">The shape of the images.</param>
        /// <param name="normalization">
        /// The normalization of the training: <see cref="InputNormalization.ImageNet"/> for torchvision's weights.
        /// </param>
        /// <param name="classNames">The classes of the file's readout, or of a new one unless strict. If null: "0", "1" and so on.</param>
        /// <param name="strict">True to require every tensor; false to initialise the rest from seed 0.</param>
        /// <param name="task">The name of the head.</param>
        /// <returns>The classifier, and what did not fit.</returns>
        /// <exception cref="InvalidDataException">The file is damaged, a pickle, or of another network; the message says why.</exception>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <example><code>
        /// (TrainedClassifier resnet, WeightDifferences differences) = TrainedClassifier.ImportWeights("resnet18.safetensors",
        ///     NetworkArchitecture.ResNet18, new ImageShape(3, 224, 224), InputNormalization.ImageNet, strict: false);
        /// </code></example>
        public static (TrainedClassifier Classifier, WeightDifferences Differences) ImportWeights(
            string path, NetworkArchitecture network, ImageShape input, InputNormalization normalization,
            IReadOnlyList<string>? classNames = null, bool strict = true, string task = FeatureTransfer.AuxiliaryTask)
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            Require.NotNull(network);
            if (classNames is null)
            {
                using ImageClassifier one = network.Build(input, normalization, [new Head("", ["0"], 0)], seed: null);
                classNames = WeightFile.ClassNames(path, one);
            }
            ImageClassifier built = network.Build(input, normalization, [new Head(task, classNames, 0)], seed: 0);
            WeightDifferences? differences = null;
            TrainedClassifier imported = Owned.Complete<TrainedClassifier>(built, () =>
            {
                differences = WeightFile.Read(path, built, strict);
                return new(built, built.Heads[0], [new ImportRun(task) { Device = built.Device.ToString() }]);
            });
            return (imported, differences!);
        }
    }
}
