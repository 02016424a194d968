"""The same training loop in PyTorch, for side-by-side timing.

Reads lines "epoch COUNT" from standard input, trains one epoch on the first COUNT images and answers with its seconds;
anything else ends the program.
usage: train_resnet18.py TRAIN.BIN IMAGES BATCH_SIZE   (OMP_NUM_THREADS sets the threads)
"""
import os
import sys
import time
import torch
from torch import nn

from resnet18 import ResNet18

path, count, batch_size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", os.cpu_count())))
with open(path, "rb") as file:
    records = torch.frombuffer(bytearray(file.read(count * 3074)), dtype=torch.uint8).reshape(count, 3074)
images, labels = records[:, 2:].reshape(count, 3, 32, 32).contiguous(), records[:, 1].long()
torch.manual_seed(1)
network = ResNet18(100)
optimizer = torch.optim.SGD(network.parameters(), lr=1e-3, momentum=0.9)
print("ready", torch.__version__, torch.get_num_threads(), flush=True)

for line in sys.stdin:
    words = line.split()
    if words[:1] != ["epoch"]:
        break
    start = time.perf_counter()
    network.train()
    total, correct = 0.0, 0
    for rows in torch.randperm(int(words[1])).split(batch_size):
        batch, targets = images[rows].float().div(255).sub(0.5).div(0.5), labels[rows]
        logits = network(batch)
        loss = nn.functional.cross_entropy(logits, targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(rows)
        correct += (logits.argmax(1) == targets).sum().item()
    print(time.perf_counter() - start, flush=True)
