"""Training steps of the transformer on musical time in PyTorch eager, as good users of it would write it.

    python torch_transformer.py --width D --layers L --batch B --window T --runs R --threads K

Whole steps on B rows of T words: forward with scaled_dot_product_attention, autograd, clipping, fused AdamW. Weights and words
are random: speed does not depend on them. One step warms up, R are timed; `--threads best` first tries one thread and one per
core on a smaller step. Prints one line of JSON.
"""

import argparse
import json
import os
import resource
import sys
import time

import torch
from torch import nn
from torch.nn.functional import cross_entropy, embedding, gelu, rms_norm, scaled_dot_product_attention

V, HEADS = 225, 4


class Layer(nn.Module):
    def __init__(self, width, classes):
        super().__init__()
        self.told = nn.Parameter(0.02 * torch.randn(classes, width))
        self.gain, self.feed_gain = nn.Parameter(torch.ones(width)), nn.Parameter(torch.ones(width))
        self.heads = nn.Linear(width, 3 * width, bias=False)
        self.attended = nn.Linear(width, width, bias=False)
        self.expand = nn.Linear(width, 4 * width, bias=False)
        self.contract = nn.Linear(4 * width, width, bias=False)

    def forward(self, x, told, cosine, sine):  # (B, T, D), (B, T, K), (B, A, T, d / 2)
        B, T, D = x.shape
        heard = rms_norm(x, (D,), self.gain) + embedding(told, self.told).sum(2)
        q, k, v = self.heads(heard).view(B, T, 3, HEADS, D // HEADS).permute(2, 0, 3, 1, 4)
        q, k = turned(q, cosine, sine), turned(k, cosine, sine)
        heard = scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.attended(heard.transpose(1, 2).reshape(B, T, D))
        return x + self.contract(gelu(self.expand(rms_norm(x, (D,), self.feed_gain))))


def turned(x, cosine, sine):
    first, second = x.chunk(2, dim=-1)
    return torch.cat([first * cosine - second * sine, second * cosine + first * sine], dim=-1)


class Transformer(nn.Module):
    def __init__(self, width, layers, classes):
        super().__init__()
        self.embedding = nn.Parameter(0.02 * torch.randn(V, width))
        self.told = nn.Parameter(0.02 * torch.randn(classes, width))
        self.layers = nn.ModuleList(Layer(width, classes) for _ in range(layers))
        self.gain = nn.Parameter(torch.ones(width))
        self.width = width

    def forward(self, ids, told, time):  # (B, T), (B, T, K), (B, T)
        B, T = ids.shape
        pairs = self.width // HEADS // 2
        speeds = 10_000 ** (-torch.arange(pairs) / pairs)
        places = torch.arange(T)[:, None] * speeds  # (T, d / 2)
        times = time[:, :, None] * speeds  # (B, T, d / 2)
        half = HEADS // 2
        angles = torch.cat([places.expand(B, half, T, pairs), times[:, None].expand(B, half, T, pairs)], dim=1)
        cosine, sine = angles.cos(), angles.sin()
        x = embedding(ids, self.embedding) + embedding(told, self.told).sum(2)
        for layer in self.layers:
            x = layer(x, told, cosine, sine)
        return rms_norm(x, (self.width,), self.gain) @ self.embedding.t()


def step(model, batch, window, controls, classes):
    matrices = [parameter for parameter in model.parameters() if parameter.dim() > 1]
    gains = [parameter for parameter in model.parameters() if parameter.dim() == 1]
    groups = [{"params": matrices, "weight_decay": 0.1}, {"params": gains, "weight_decay": 0}]
    optimizer = torch.optim.AdamW(groups, lr=1e-3, fused=True)
    ids = torch.randint(V, (batch, window + 1))
    told = torch.randint(classes, (batch, window, controls))
    time_steps = (torch.arange(window) // 4).expand(batch, window)

    def run():
        logits = model(ids[:, :-1], told, time_steps)
        loss = cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        return loss.item()

    return run


def timed(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def best_threads(model, size):
    run = step(model, **{**size, "window": min(size["window"], 128)})
    seconds = {}
    for threads in {1, os.cpu_count()}:
        torch.set_num_threads(threads)
        run()
        seconds[threads] = min(timed(run) for _ in range(3))
    return min(seconds, key=seconds.get)


def main():
    parser = argparse.ArgumentParser()
    sizes = {"width": 256, "layers": 4, "batch": 4, "window": 1024, "controls": 11, "classes": 251, "runs": 5}
    for name, value in sizes.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--threads", default="best")
    options = parser.parse_args()
    torch.manual_seed(1)
    model = Transformer(options.width, options.layers, options.classes)
    size = {name: getattr(options, name) for name in ("batch", "window", "controls", "classes")}
    threads = best_threads(model, size) if options.threads == "best" else int(options.threads)
    torch.set_num_threads(threads)
    run = step(model, **size)
    run()
    seconds = [timed(run) for _ in range(options.runs)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # in KiB, on macOS in bytes
    result = {"threads": threads, "seconds": seconds, "words": options.batch * options.window}
    result |= {"torch": str(torch.__version__)}
    result["peakRssMb"] = round(peak / (2**20 if sys.platform == "darwin" else 2**10))
    print(json.dumps(result))


main()
