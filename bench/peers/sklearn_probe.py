"""scikit-learn's logistic regression, fitted on demand: bench/probe.mjs asks it in turn with our own.

    python sklearn_probe.py FEATURES LABELS N H

FEATURES holds float64 [N, H], LABELS int8 [N] of 1 and -1. Each line on stdin is a JSON object with the arguments of
LogisticRegression; each line on stdout says how long the fit took, and what it found: the objective itself, so that
both sides are measured by the same yardstick, and the weights.
"""

import json
import sys
import time
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

warnings.filterwarnings("ignore")

features_file, labels_file, rows, columns = sys.argv[1:]
features = np.fromfile(features_file, dtype=np.float64).reshape(int(rows), int(columns))
labels = np.fromfile(labels_file, dtype=np.int8)

print(json.dumps({"version": sklearn.__version__}), flush=True)
for line in sys.stdin:
    model = LogisticRegression(**json.loads(line))
    start = time.perf_counter()
    model.fit(features, labels)
    seconds = time.perf_counter() - start
    answer = {
        "seconds": seconds,
        "iterations": int(np.max(model.n_iter_)),
        "intercept": float(model.intercept_[0]),
        "weights": model.coef_[0].tolist(),
    }
    print(json.dumps(answer), flush=True)
