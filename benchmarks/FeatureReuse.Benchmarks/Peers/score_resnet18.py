"""Bare forward passes in PyTorch of images that lie ready, for side-by-side timing.

Reads lines "forward" from standard input: passes all images, 256 at a time, and answers with the seconds; anything else ends the program.
usage: score_resnet18.py TEST.BIN IMAGES   (OMP_NUM_THREADS sets the threads)
"""
import os
import sys
import time
import torch

from resnet18 import ResNet18

path, count = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", os.cpu_count())))
with open(path, "rb") as file:
    records = torch.frombuffer(bytearray(file.read(count * 3074)), dtype=torch.uint8).reshape(count, 3074)
images = records[:, 2:].reshape(count, 3, 32, 32).contiguous()
network = ResNet18(100).eval()
print("ready", torch.__version__, torch.get_num_threads(), flush=True)

for line in sys.stdin:
    if line.strip() != "forward":
        break
    start = time.perf_counter()
    with torch.no_grad():
        for batch in images.split(256):
            network(batch.float().div(255).sub(0.5).div(0.5)).softmax(1)
    print(time.perf_counter() - start, flush=True)
