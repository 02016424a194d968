"""Logits of ResNet-18 in PyTorch, from weights and images given by a formula.

Run with Debian's python3-torch:  /usr/bin/python3 make_resnet18_golden.py > resnet18.txt
The architecture, with torchvision's module names, is in resnet18.py.
"""
import math
import torch
from resnet18 import ResNet18


def formula(shape, phase):
    count = math.prod(shape)
    return torch.sin(torch.arange(count, dtype=torch.float64) * 0.7 + phase).reshape(shape)


def fill(name, value):
    if not value.is_floating_point():
        return
    wave = formula(value.shape, phase=len(name))
    if value.dim() >= 2:
        wave = wave * math.sqrt(2 / math.prod(value.shape[1:]))
    elif name.endswith("running_var"):
        wave = 1 + 0.5 * wave
    elif name.endswith("weight"):
        wave = 1 + 0.2 * wave
    else:
        wave = 0.1 * wave
    value.copy_(wave)


with torch.no_grad():
    network = ResNet18(10).eval()
    for name, value in network.state_dict().items():
        fill(name, value)
        print("name", name, *value.shape)
    pixels = torch.floor((formula((2, 3, 32, 32), phase=0) + 1) * 127.5)
    logits = network((pixels / 255 - 0.5).div(0.5).float())
    for row in logits.tolist():
        print("logits", *[f"{value:.8g}" for value in row])
