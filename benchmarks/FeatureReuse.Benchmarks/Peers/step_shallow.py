"""Gradient steps of the shallow networks in PyTorch, for side-by-side timing.

Reads lines "diagonal N STEPS" or "relu N STEPS" from standard input and answers each with the seconds of a step;
anything else ends the program.
"""
import os
import sys
import time
import torch
from torch import nn

torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", os.cpu_count())))


class Diagonal(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.w_plus, self.w_minus, self.v_plus, self.v_minus = [nn.Parameter(torch.full((width, 1), 1e-3)) for _ in range(4)]

    def forward(self, x):
        return x @ (self.w_plus * self.v_plus - self.w_minus * self.v_minus)


def network_of(kind):
    if kind == "diagonal":
        return Diagonal(1000), 1000
    return nn.Sequential(nn.Linear(15, 1000, bias=False), nn.ReLU(), nn.Linear(1000, 1, bias=False)), 15


print("ready", torch.__version__, torch.get_num_threads(), flush=True)
for line in sys.stdin:
    words = line.split()
    if len(words) != 3:
        break
    network, width = network_of(words[0])
    rows, steps = int(words[1]), int(words[2])
    x, y = torch.randn(rows, width), torch.randn(rows, 1)
    optimizer = torch.optim.SGD(network.parameters(), lr=1e-6)

    def train(count):
        for _ in range(count):
            optimizer.zero_grad()
            loss = nn.functional.mse_loss(network(x), y)
            loss.backward()
            optimizer.step()

    train(20)
    start = time.perf_counter()
    train(steps)
    print((time.perf_counter() - start) / steps, flush=True)
