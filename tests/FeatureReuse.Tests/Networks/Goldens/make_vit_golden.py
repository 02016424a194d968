"""Logits of the paper's vision transformer in PyTorch, from weights and images given by a formula.

Run with Debian's python3-torch:  /usr/bin/python3 make_vit_golden.py > vit.txt
Patches of 4x4 pixels, a class token, learnt positions, 7 pre-norm blocks of width 384, 8 heads, feed-forward width 1536 with GELU after both layers,
attention scores over sqrt(384); in vit.py.
"""
from formula import write
from vit import ViT

write(ViT(10))
