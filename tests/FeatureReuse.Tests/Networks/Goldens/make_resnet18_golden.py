"""Logits of ResNet-18 in PyTorch, from weights and images given by a formula.

Run with Debian's python3-torch:  /usr/bin/python3 make_resnet18_golden.py > resnet18.txt
The architecture is written out below with torchvision's module names.
"""
import math
import torch
from torch import nn


class BasicBlock(nn.Module):
    def __init__(self, inputs, channels, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, channels, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.downsample = None
        if stride != 1 or inputs != channels:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, channels, 1, stride, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        identity = x if self.downsample is None else self.downsample(x)
        return torch.relu(self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x))))) + identity)


class ResNet18(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.layer1 = nn.Sequential(BasicBlock(64, 64, 1), BasicBlock(64, 64, 1))
        self.layer2 = nn.Sequential(BasicBlock(64, 128, 2), BasicBlock(128, 128, 1))
        self.layer3 = nn.Sequential(BasicBlock(128, 256, 2), BasicBlock(256, 256, 1))
        self.layer4 = nn.Sequential(BasicBlock(256, 512, 2), BasicBlock(512, 512, 1))
        self.fc = nn.Linear(512, classes)

    def forward(self, x):
        x = torch.max_pool2d(torch.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(torch.flatten(nn.functional.adaptive_avg_pool2d(x, 1), 1))


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
