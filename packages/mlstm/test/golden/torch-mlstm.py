"""Three training steps of a multiplicative LSTM in PyTorch, as numbers to test against.

Needs torch. Run it in this folder: python torch-mlstm.py > mlstm.json

All is computed in float64 from values that float32 holds exactly. The gradient is autograd's, clipping is
torch.nn.utils.clip_grad_norm_ and the update torch.optim.Adam. Matrices are written row by row.
"""

import json

import torch
from torch.nn.functional import cross_entropy

V, E, H = 11, 5, 7  # words, width of an embedding, units
END = 0  # ends a piece: where it is read the state is zero first
B, T = 3, 6  # lanes, words of a window
MAX_NORM = 0.38  # lies between the norms of the three steps
LEARNING_RATES = [0.03, 0.04, 0.02]  # of a warm-up of 2 steps to 0.08, and a decay over windows 1 to 3 of 4

SHAPES = {
    "embedding": (V, E),
    "wx": (E, 4 * H),
    "wmx": (E, H),
    "wmh": (H, H),
    "wm": (H, 4 * H),
    "b": (4 * H,),
    "wo": (H, V),
    "bo": (V,),
}


def float32_values(*shape):
    return torch.empty(*shape).uniform_(-0.9, 0.9).double()


def step(p, ids, h, c):
    x = p["embedding"][ids]  # (B, E)
    m = (x @ p["wmx"]) * (h @ p["wmh"])  # (B, H)
    z = x @ p["wx"] + m @ p["wm"] + p["b"]  # (B, 4H)
    i, f, o, u = z.chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(u)
    h = torch.sigmoid(o) * torch.tanh(c)
    return h, c, h @ p["wo"] + p["bo"]


def numbers(tensor):
    return [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]


def named(tensors):
    return {name: numbers(tensor) for name, tensor in tensors.items()}


def main():
    torch.manual_seed(20)
    p = {name: float32_values(*shape).requires_grad_() for name, shape in SHAPES.items()}
    optimizer = torch.optim.Adam(p.values())
    h, c = float32_values(B, H), float32_values(B, H)
    words = torch.randint(V, (len(LEARNING_RATES) * T + 1, B))
    words[words == V - 1] = 0  # one word never comes: its gradient is zero
    golden = {
        "config": {"vocabularySize": V, "embedding": E, "units": H},
        "lanes": B,
        "window": T,
        "maxNorm": MAX_NORM,
        "parameters": named(p),
        "h": numbers(h),
        "c": numbers(c),
        "steps": [],
    }
    for k, learning_rate in enumerate(LEARNING_RATES):
        ids, targets = words[k * T : (k + 1) * T], words[k * T + 1 : (k + 1) * T + 1]
        h, c = h.detach(), c.detach()
        logits = []
        for t in range(T):
            goes_on = (ids[t] != END).double().unsqueeze(1)  # (B, 1)
            h, c, row = step(p, ids[t], h * goes_on, c * goes_on)
            logits.append(row)
        loss = cross_entropy(torch.cat(logits), targets.flatten())
        optimizer.zero_grad()
        loss.backward()
        gradients = {name: parameter.grad.clone() for name, parameter in p.items()}
        norm = torch.nn.utils.clip_grad_norm_(p.values(), MAX_NORM)
        optimizer.param_groups[0]["lr"] = learning_rate
        optimizer.step()
        golden["steps"].append(
            {
                "ids": ids.flatten().tolist(),
                "targets": targets.flatten().tolist(),
                "learningRate": learning_rate,
                "logits": numbers(torch.stack(logits)),
                "loss": loss.item(),
                "norm": norm.item(),
                "h": numbers(h),
                "c": numbers(c),
                "gradients": named(gradients),
                "parameters": named(p),
                "first": named({name: optimizer.state[p[name]]["exp_avg"] for name in p}),
                "second": named({name: optimizer.state[p[name]]["exp_avg_sq"] for name in p}),
            }
        )
    norms = [step["norm"] for step in golden["steps"]]
    assert min(norms) < 0.9 * MAX_NORM and max(norms) > 1.1 * MAX_NORM, norms
    print(json.dumps(golden, separators=(",", ":")).replace('},{"ids"', '},\n{"ids"'))


main()
