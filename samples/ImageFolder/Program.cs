using System.CommandLine;
using FeatureReuse.Samples;
using ImageFolder;

var images = new Option<DirectoryInfo>("--images") { Description = "A folder with a folder of JPEG or PNG files for each class.", Required = true };
images.AcceptExistingOnly();
var pretrained = new Option<FileInfo>("--pretrained") { Description = "A network to start from, as NetworkTransformer.Save wrote it. Default: a small CNN, pretrained on generated images." };
pretrained.AcceptExistingOnly();
var epochs = new Option<int>("--epochs") { Description = "Epochs of finetuning, at most.", DefaultValueFactory = _ => 60 };
var seed = new Option<int>("--seed") { Description = "Of the split and of all training.", DefaultValueFactory = _ => 1 };
var save = new Option<string>("--save") { Description = "Where the pipeline goes, as a zip archive for mlContext.Model.Load; the network alone goes beside it, as .safetensors and .onnx.", DefaultValueFactory = _ => Path.Combine("artifacts", "image-folder", "model.zip") };
var checkpoints = new Option<string>("--checkpoints") { Description = "Where the state of the training is kept, so that the same command goes on after an interruption.", DefaultValueFactory = _ => Path.Combine("artifacts", "image-folder", "checkpoints") };
var predict = new Option<FileInfo>("--predict") { Description = "An image to classify in the end. Default: the first of the test images." };
predict.AcceptExistingOnly();

var root = new RootCommand("Finetunes a network on image files in class folders, evaluates, saves and predicts.") { images, pretrained, epochs, seed, save, checkpoints, predict };
root.SetRun((parsed, cancellation) => Pipeline.Run(
    parsed.GetRequiredValue(images).FullName, parsed.GetValue(pretrained)?.FullName, parsed.GetValue(epochs), parsed.GetValue(seed),
    parsed.GetValue(save)!, parsed.GetValue(checkpoints)!, parsed.GetValue(predict)?.FullName, cancellation));
return await Cli.InvokeAsync(root, args);
