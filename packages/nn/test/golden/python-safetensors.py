"""Files of Python's safetensors library, to test against.

Needs safetensors and numpy. Run in this folder:

    python python-safetensors.py write         writes python.safetensors and python-safetensors.json, what it holds
    python python-safetensors.py read FILE     prints what a file holds as JSON
"""

import json
import sys

import numpy
from safetensors import safe_open
from safetensors.numpy import save_file


def content(path):
    with safe_open(path, framework="numpy") as file:
        tensors = {name: file.get_tensor(name) for name in file.keys()}
        metadata = file.metadata()
    return {
        "metadata": metadata,
        "tensors": {
            name: {
                "dtype": str(tensor.dtype),
                "shape": list(tensor.shape),
                "values": [float(value) for value in tensor.flatten()],
            }
            for name, tensor in sorted(tensors.items())
        },
    }


def write():
    random = numpy.random.default_rng(7)
    tensors = {
        "matrix": random.normal(size=(3, 5)).astype(numpy.float32),
        "halves": random.normal(size=(7,)).astype(numpy.float16),
        "extremes": numpy.array([0, -0.0, 3.4e38, -1e-45, 1e-38], numpy.float32),
        "half extremes": numpy.array([65504, -65504, 6e-8, -0.0, 1 / 3], numpy.float16),
        "scalar": numpy.array(2.5, numpy.float32),
        "nothing": numpy.zeros((0, 4), numpy.float32),
        "größe": random.normal(size=(2, 1, 2)).astype(numpy.float32),
    }
    save_file(tensors, "python.safetensors", metadata={"author": "numpy", "note": "ä"})
    with open("python-safetensors.json", "w") as file:
        json.dump(content("python.safetensors"), file, indent=1)
        file.write("\n")


if sys.argv[1] == "write":
    write()
else:
    json.dump(content(sys.argv[2]), sys.stdout)
