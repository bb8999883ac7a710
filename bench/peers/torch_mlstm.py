"""The multiplicative LSTM language model in PyTorch eager, as good users of it would write it.

    python torch_mlstm.py WORK --units H --batch B --window T --words N --runs R --threads K

WORK is `train` (whole steps on B rows of T words: forward, autograd, clipping, Adam; the state is carried
on, detached), `generate` (B rows of N words, sampled at temperature 1) or `states` (the final cell states of
sequences whose lengths come as a JSON list on stdin, B at a time in order of length, without logits).
Weights and words are random: speed does not depend on them. One run warms up, R are timed; `--threads best`
first tries one thread and one per core on a smaller run. Prints one line of JSON.

All that does not depend on the state is computed outside the loop over time: the logits of a window are one
product, and so are the input projections: of the vocabulary, whose rows are then looked up.

A training step frees a gigabyte or more, which glibc gives back to the system, and the next step faults it
in again. MALLOC_MMAP_MAX_=0 with a MALLOC_TRIM_THRESHOLD_ above that size keeps it; the tunable
glibc.malloc.hugetlb=1 makes what faults remain few. A high trim threshold alone makes it slower, and
MALLOC_ARENA_MAX changes nothing. torch.mjs sets them: steps of 512 units become a tenth to a fifth faster.
"""

import argparse
import json
import os
import resource
import sys
import time

import torch
from torch import nn
from torch.nn.functional import cross_entropy, embedding
from torch.nn.utils.rnn import pack_sequence

V, E = 225, 64  # words, width of an embedding


class MultiplicativeLstm(nn.Module):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.embedding = nn.Embedding(V, E)
        self.wx = nn.Linear(E, 4 * units)
        self.wmx = nn.Linear(E, units, bias=False)
        self.wmh = nn.Linear(units, units, bias=False)
        self.wm = nn.Linear(units, 4 * units, bias=False)
        self.out = nn.Linear(units, V)

    def projections(self):
        """What each word of the vocabulary adds to the gates, (V, 4H), and multiplies h by, (V, H)."""
        return self.wx(self.embedding.weight), self.wmx(self.embedding.weight)

    def recurrent(self):
        return self.wmh.weight.t(), self.wm.weight.t()  # (H, H), (H, 4H)

    def zero_state(self, rows):
        return torch.zeros(rows, self.units), torch.zeros(rows, self.units)

    def forward(self, ids, h, c):  # (T, B), (B, H), (B, H)
        zx, mx = (embedding(ids, table) for table in self.projections())  # (T, B, 4H), (T, B, H)
        weights = self.recurrent()
        hidden = []
        for zx_t, mx_t in zip(zx.unbind(0), mx.unbind(0)):
            h, c = cell(weights, zx_t, mx_t, h, c)
            hidden.append(h)
        return self.out(torch.stack(hidden)), h, c  # (T, B, V), (B, H), (B, H)


def cell(weights, zx, mx, h, c):
    wmh, wm = weights
    z = torch.addmm(zx, mx * (h @ wmh), wm)  # (B, 4H)
    gates, u = z.split([3 * h.shape[1], h.shape[1]], dim=1)
    i, f, o = torch.sigmoid(gates).chunk(3, dim=1)  # (B, H) each
    c = torch.addcmul(f * c, i, torch.tanh(u))
    return o * torch.tanh(c), c


def train(model, batch, window, **_):
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    ids = torch.randint(V, (window + 1, batch))
    state = model.zero_state(batch)

    def run():
        nonlocal state
        logits, *state = model(ids[:-1], *(part.detach() for part in state))
        loss = cross_entropy(logits.flatten(0, 1), ids[1:].flatten())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        return loss.item()

    return run, window * batch


def generate(model, batch, words, **_):
    @torch.inference_mode()
    def run():
        zx, mx = model.projections()
        weights = [matrix.contiguous() for matrix in model.recurrent()]
        h, c = model.zero_state(batch)
        word = torch.zeros(batch, dtype=torch.long)
        written = []
        for _ in range(words):
            h, c = cell(weights, zx[word], mx[word], h, c)
            word = torch.multinomial(torch.softmax(model.out(h), dim=1), 1).squeeze(1)  # (B)
            written.append(word)
        return torch.stack(written, dim=1).tolist()

    return run, words * batch


def states(model, batch, lengths, **_):
    sequences = [torch.randint(V, (length,)) for length in sorted(lengths, reverse=True)]

    @torch.inference_mode()
    def run():
        zx, mx = model.projections()
        weights = [matrix.contiguous() for matrix in model.recurrent()]
        final = torch.empty(len(sequences), model.units)
        for start in range(0, len(sequences), batch):
            packed = pack_sequence(sequences[start : start + batch])
            h, c = model.zero_state(int(packed.batch_sizes[0]))
            for word in packed.data.split(packed.batch_sizes.tolist()):  # of the rows that go on
                h, c = cell(weights, zx[word], mx[word], h[: len(word)], c[: len(word)])
                final[start : start + len(word)] = c
        return final

    return run, sum(lengths)


def timed(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def best_threads(work, model, size):
    small = {name: min(size[name], 64) for name in ("batch", "window", "words")}
    run, _ = work(model, **small, lengths=[min(length, 64) for length in size["lengths"][: size["batch"]]])
    seconds = {}
    for threads in {1, os.cpu_count()}:
        torch.set_num_threads(threads)
        run()
        seconds[threads] = min(timed(run) for _ in range(3))
    return min(seconds, key=seconds.get)


def main():
    works = {"train": train, "generate": generate, "states": states}
    parser = argparse.ArgumentParser()
    parser.add_argument("work", choices=works)
    for name, value in {"units": 512, "batch": 32, "window": 256, "words": 256, "runs": 5}.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--threads", default="best")
    options = parser.parse_args()
    lengths = json.load(sys.stdin) if options.work == "states" else []
    size = {"batch": options.batch, "window": options.window, "words": options.words, "lengths": lengths}
    torch.manual_seed(1)
    work, model = works[options.work], MultiplicativeLstm(options.units)
    threads = best_threads(work, model, size) if options.threads == "best" else int(options.threads)
    torch.set_num_threads(threads)
    run, words = work(model, **size)
    run()
    seconds = [timed(run) for _ in range(options.runs)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # in KiB, on macOS in bytes
    result = {"work": options.work, "units": options.units, "batch": options.batch, "threads": threads}
    result |= {"seconds": seconds, "words": words, "torch": str(torch.__version__)}
    result["peakRssMb"] = round(peak / (2**20 if sys.platform == "darwin" else 2**10))
    print(json.dumps(result))


main()
