"""One training step of a transformer on musical time in PyTorch, as numbers to test against.

Needs torch. Run it in this folder: python torch-transformer.py > transformer.json

All is computed in float64 from values that float32 holds. Queries and keys are turned as complex numbers, by places and time
steps counted from the beginning of each piece. The gradient is autograd's, clipping is torch.nn.utils.clip_grad_norm_ and the
update torch.optim.AdamW. Matrices are written row by row.
"""

import json
import math

import torch
from torch.nn.functional import cross_entropy, gelu, rms_norm

torch.set_default_dtype(torch.float64)

V, D, HEADS, LAYERS, CONTEXT = 11, 16, 4, 2, 64
CONTROLS = [3, 2]  # classes of each control
END = 0  # begins a piece
B, T = 2, 10  # rows, words of a window
LEARNING_RATE, WEIGHT_DECAY = 0.02, 0.3
MAX_NORM = 0.5

d = D // HEADS
pairs = d // 2


def shapes():
    yield "embedding", (V, D)
    yield "told", (sum(CONTROLS), D)
    for layer in range(LAYERS):
        yield f"layer{layer}.told", (sum(CONTROLS), D)
        yield f"layer{layer}.gain", (D,)
        yield f"layer{layer}.heads", (D, 3 * D)
        yield f"layer{layer}.attended", (D, D)
        yield f"layer{layer}.feedGain", (D,)
        yield f"layer{layer}.expand", (D, 4 * D)
        yield f"layer{layer}.contract", (4 * D, D)
    yield "gain", (D,)


def hundredths(low, high, shape):
    """Of two decimals, rounded to float32."""
    return (torch.randint(low, high + 1, shape) / 100).float().double()


def wavelengths():
    known = sorted([2.0**k for k in range(1, 13)] + [3 * 2.0**k for k in range(12)])
    return [known[math.floor(k * (len(known) - 1) / (pairs - 1) + 0.5)] for k in range(pairs)]


def turns(place, time):
    """Unit complex numbers, [HEADS, T, pairs], for one row."""
    by_place = place[:, None] * torch.tensor([10_000 ** (-k / pairs) for k in range(pairs)])
    by_time = time[:, None] * torch.tensor([2 * math.pi / wave for wave in wavelengths()])
    angles = [by_place] * (HEADS // 2) + [by_time] * (HEADS // 2)
    return torch.stack([torch.polar(torch.ones_like(angle), angle) for angle in angles])


def attention(projected, place, time, piece):
    """One row: [T, 3D] to [T, D]."""
    q_real, q_imaginary, k_real, k_imaginary, value = projected.split([D // 2] * 4 + [D], dim=1)

    def numbers(real, imaginary):
        of_heads = [part.view(T, HEADS, pairs).transpose(0, 1).contiguous() for part in (real, imaginary)]
        return torch.complex(*of_heads) * turns(place, time)  # (HEADS, T, pairs)

    query, key = numbers(q_real, q_imaginary), numbers(k_real, k_imaginary)
    scores = (query @ key.mH).real / math.sqrt(d)  # (HEADS, T, T)
    is_seen = (piece[:, None] == piece[None, :]).tril()
    shares = scores.masked_fill(~is_seen, -math.inf).softmax(dim=2)
    heard = shares @ value.view(T, HEADS, d).transpose(0, 1)  # (HEADS, T, d)
    return heard.transpose(0, 1).reshape(T, D)


def logits_of(p, ids, time, controls):
    """One row: words [T], time steps [T], classes [T, K], to [T, V]."""
    begins = ids == END
    piece = begins.long().cumsum(0)
    places = torch.arange(T)
    place = places - (places * begins).cummax(0).values  # since the piece began

    def told(name):
        return sum(table[controls[:, k]] for k, table in enumerate(p[name].split(CONTROLS)))

    x = p["embedding"][ids] + told("told")
    for layer in range(LAYERS):
        own = {name.split(".")[1]: value for name, value in p.items() if name.startswith(f"layer{layer}.")}
        heard = rms_norm(x, (D,), own["gain"], 1e-6) + told(f"layer{layer}.told")
        x = x + attention(heard @ own["heads"], place, time, piece) @ own["attended"]
        normed = rms_norm(x, (D,), own["feedGain"], 1e-6)
        x = x + gelu(normed @ own["expand"]) @ own["contract"]
    return rms_norm(x, (D,), p["gain"], 1e-6) @ p["embedding"].T


def numbers(tensor, digits=8):
    return [float(f"{value:.{digits}g}") for value in tensor.detach().flatten().tolist()]


def named(tensors, digits=8):
    return {name: numbers(tensor, digits) for name, tensor in tensors.items()}


def main():
    torch.manual_seed(20)
    p = {}
    for name, shape in shapes():
        low, high = (50, 150) if len(shape) == 1 else (-60, 60)
        p[name] = hundredths(low, high, shape).requires_grad_()
    ids = torch.randint(1, V - 1, (T, B))  # the last word never comes
    ids[0, 0] = ids[4, 0] = ids[7, 1] = END  # the second row begins within a piece
    targets = torch.randint(0, V - 1, (T, B))
    time = torch.randint(0, 700, (T, B)).cumsum(0)
    controls = torch.stack([torch.randint(0, classes - k, (T, B)) for k, classes in enumerate(CONTROLS)], dim=2)
    weights = torch.randint(0, 4, (T, B)) / 2
    assert 0 in weights and 1 in weights

    rows = [logits_of(p, ids[:, row], time[:, row], controls[:, row]) for row in range(B)]
    logits = torch.stack(rows, dim=1)  # (T, B, V)
    losses = cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="none")
    loss = (losses * weights.flatten()).sum() / weights.sum()
    loss.backward()
    golden = {
        "config": {
            "vocabularySize": V,
            "width": D,
            "heads": HEADS,
            "layers": LAYERS,
            "context": CONTEXT,
            "controls": CONTROLS,
        },
        "rows": B,
        "window": T,
        "maxNorm": MAX_NORM,
        "learningRate": LEARNING_RATE,
        "weightDecay": WEIGHT_DECAY,
        "ids": ids.flatten().tolist(),
        "targets": targets.flatten().tolist(),
        "time": time.flatten().tolist(),
        "controls": controls.flatten().tolist(),
        "weights": weights.flatten().tolist(),
        "logits": numbers(logits),
        "meanLoss": losses.mean().item(),
        "loss": loss.item(),
        "parameters": named(p, 3),
        "gradients": named({name: parameter.grad for name, parameter in p.items()}),
    }
    for name, values in golden["parameters"].items():
        assert torch.equal(torch.tensor(values, dtype=torch.float32).double(), p[name].detach().flatten()), name

    # The decay is a share of the learning rate after the first moment's correction, which AdamW of PyTorch decays by before it.
    correction = 1 - 0.9**1
    groups = [
        {"params": [parameter for parameter in p.values() if parameter.dim() > 1], "weight_decay": WEIGHT_DECAY / correction},
        {"params": [parameter for parameter in p.values() if parameter.dim() == 1], "weight_decay": 0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=LEARNING_RATE)
    golden["norm"] = torch.nn.utils.clip_grad_norm_(p.values(), MAX_NORM).item()
    assert golden["norm"] > 1.1 * MAX_NORM
    optimizer.step()
    golden["after"] = named(p)
    print(json.dumps(golden, separators=(",", ":")).replace(',"gradients"', ',\n"gradients"').replace(',"after"', ',\n"after"'))


main()
