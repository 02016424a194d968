"""The paper's vision transformer in PyTorch."""
import torch
from torch import nn


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)

    def forward(self, x):
        n, tokens, width = x.shape
        q, k, v = [part.view(n, tokens, self.heads, -1).permute(0, 2, 1, 3) for part in self.qkv(x).chunk(3, dim=2)]
        scores = torch.einsum("nhif,nhjf->nhij", q, k) / width ** 0.5
        return self.proj(torch.einsum("nhij,nhjf->nihf", scores.softmax(-1), v).flatten(2))


class Block(nn.Module):
    def __init__(self, width, heads, hidden):
        super().__init__()
        self.norm1 = nn.LayerNorm(width)
        self.attn = Attention(width, heads)
        self.norm2 = nn.LayerNorm(width)
        self.mlp = nn.ModuleDict({"fc1": nn.Linear(width, hidden), "fc2": nn.Linear(hidden, width)})

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        gelu = nn.functional.gelu
        return x + gelu(self.mlp["fc2"](gelu(self.mlp["fc1"](self.norm2(x)))))


class ViT(nn.Module):
    def __init__(self, classes, width=384):
        super().__init__()
        self.patch_embed = nn.Conv2d(3, width, 4, 4)
        self.cls_token = nn.Parameter(torch.empty(1, 1, width))
        self.pos_embed = nn.Parameter(torch.empty(1, 65, width))
        self.blocks = nn.ModuleList([Block(width, 8, 1536) for _ in range(7)])
        self.norm = nn.LayerNorm(width)
        self.fc = nn.Linear(width, classes)

    def forward(self, images):
        patches = self.patch_embed(images).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls_token.expand(len(images), -1, -1), patches], 1) + self.pos_embed
        for block in self.blocks:
            x = block(x)
        return self.fc(self.norm(x[:, 0]))
