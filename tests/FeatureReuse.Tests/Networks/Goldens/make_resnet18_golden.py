"""Logits of ResNet-18 in PyTorch, from weights and images given by a formula.

Run with Debian's python3-torch:  /usr/bin/python3 make_resnet18_golden.py > resnet18.txt
The architecture, with torchvision's module names, is in resnet18.py.
"""
from formula import write
from resnet18 import ResNet18

write(ResNet18(10))
