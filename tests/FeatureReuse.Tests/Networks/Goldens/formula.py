"""Weights and images by a formula, so that other programs have the same without a file."""
import math
import torch


def formula(shape, phase):
    """Numbers between -1 and 1 without an order that one could see."""
    wave = torch.sin(torch.arange(math.prod(shape), dtype=torch.float64) * 12.9898 + phase) * 43758.5453
    return (2 * (wave - torch.floor(wave)) - 1).reshape(shape)


def fill(name, value):
    if not value.is_floating_point():
        return
    wave = formula(value.shape, phase=len(name))
    if value.dim() >= 2:
        wave = wave * math.sqrt(6 / math.prod(value.shape[1:]))
    elif name.endswith("running_var"):
        wave = 1 + 0.5 * wave
    elif name.endswith("weight"):
        wave = 1 + 0.2 * wave
    else:
        wave = 0.1 * wave
    value.copy_(wave)


def write(network):
    """The names and shapes of the parameters and buffers, and the logits of two images."""
    with torch.no_grad():
        network.eval()
        for name, value in network.state_dict().items():
            fill(name, value)
            print("name", name, *value.shape)
        pixels = torch.floor((formula((2, 3, 32, 32), phase=0) + 1) * 127.5)
        logits = network((pixels / 255 - 0.5).div(0.5).float())
        for row in logits.tolist():
            print("logits", *[f"{value:.8g}" for value in row])
