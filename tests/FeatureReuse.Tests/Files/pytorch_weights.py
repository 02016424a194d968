"""PyTorch's side of the exchange of weights.

    pytorch_weights.py write KIND WEIGHTS IMAGES LOGITS    makes a network, writes its weights, and what it makes of the images
    pytorch_weights.py read KIND WEIGHTS IMAGES LOGITS     reads weights, and writes what they make of the images

IMAGES are float32 [n, channels, height, width], pixels of 0 to 255; LOGITS float32 [n, classes]. Debian has no safetensors module, so that the format is written
out here.
"""
import json
import os
import struct
import sys

import torch
from torch import nn

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Networks", "Goldens"))
from resnet18 import ResNet18  # noqa: E402
from vit import ViT  # noqa: E402

TYPES = {torch.float32: "F32", torch.int64: "I64"}


class SmallCnn(nn.Module):
    def __init__(self, classes):
        super().__init__()
        sizes = [(3, 32, 5), (32, 64, 3), (64, 128, 3)]
        for number, (inputs, outputs, size) in enumerate(sizes, 1):
            setattr(self, f"conv{number}", nn.Conv2d(inputs, outputs, size, 2, size // 2, bias=False))
            setattr(self, f"bn{number}", nn.BatchNorm2d(outputs))
        self.fc = nn.Linear(128, classes)

    def forward(self, x):
        for number in (1, 2, 3):
            x = torch.relu(getattr(self, f"bn{number}")(getattr(self, f"conv{number}")(x)))
        return self.fc(x.mean((2, 3)))


class Tiny(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 4, 5, 4), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten())
        self.head = nn.Linear(4 * 7 * 7, classes)

    def forward(self, x):
        return self.head(self.body(x))


NETWORKS = {"ResNet18": ResNet18, "ViT": ViT, "SmallCnn": SmallCnn, "Tiny": Tiny}


def save(tensors, path):
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for name, value in tensors.items():
        size = value.numel() * value.element_size()
        header[name] = {"dtype": TYPES[value.dtype], "shape": list(value.shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for value in tensors.values():
            file.write(value.contiguous().numpy().tobytes())


def load(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    types = {text: kind for kind, text in TYPES.items()}
    return {name: torch.frombuffer(data[slice(*entry["data_offsets"])], dtype=types[entry["dtype"]]).reshape(entry["shape"])
            for name, entry in header.items() if name != "__metadata__"}


def main():
    verb, kind, weights, images, logits = sys.argv[1:]
    torch.manual_seed(1)
    torch.set_num_threads(1)
    pixels = torch.frombuffer(bytearray(open(images, "rb").read()), dtype=torch.float32).reshape(-1, 3, 32, 32)
    with torch.no_grad():
        if verb == "write":
            network = NETWORKS[kind](4)
            for name, value in network.state_dict().items():
                if name.endswith(("running_mean", "running_var")):
                    value.copy_(torch.rand_like(value) + 0.5)
                elif kind == "ViT" and value.is_floating_point() and name in ("cls_token", "pos_embed"):
                    value.normal_()
            save(network.state_dict(), weights)
        else:
            tensors = load(weights)
            network = NETWORKS[kind](tensors["fc.weight" if "fc.weight" in tensors else "head.weight"].shape[0])
            network.load_state_dict(tensors, strict=True)
        network.eval()
        open(logits, "wb").write(network(pixels / 127.5 - 1).contiguous().numpy().tobytes())


main()
