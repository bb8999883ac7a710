"""Fits scikit-learn's LogisticRegression to three small data sets and writes data and solutions, for test/golden.test.ts.

    pip install scikit-learn numpy
    python test/golden/logistic.py > test/golden/logistic.json

liblinear penalises the intercept; saga does not. `collinear` has more columns than rows, and columns that are copies of
others, so that many solutions are equally good there: compare its objective and its predictions.
"""

import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

warnings.filterwarnings("error")
random = np.random.default_rng(20190405)


def labels_for(features, used, noise):
    truth = np.zeros(features.shape[1])
    truth[:used] = random.normal(size=used) * 2
    margins = features @ truth + noise * random.logistic(size=len(features)) + 0.7
    return np.where(margins > 0, 1, -1)


def plain():
    features = np.round(random.normal(size=(60, 12)), 2)
    return features, labels_for(features, 4, 1.0)


def correlated():
    hidden = random.normal(size=(200, 6))
    features = np.tanh(hidden @ random.normal(size=(6, 40)) * 0.5 + 0.4 * random.normal(size=(200, 40))) + 0.3
    features = np.round(features, 2)
    return features, labels_for(features, 8, 1.0)


def collinear():
    features = np.round(random.normal(size=(40, 80)), 1)
    features[:, 40:50] = features[:, 0:10]
    features[:, 50:60] = -features[:, 10:20]
    features[:, 60] = features[:, 0] + features[:, 1]
    features[:, 61] = 1
    return features, labels_for(features, 6, 0.5)


def fit(features, labels, penalty, C, penalize_intercept):
    ratio = {"l1": 1.0, "l2": 0.0, "elastic-net": 0.3}[penalty]
    options = {"C": C, "max_iter": 2_000_000, "l1_ratio": ratio}
    if penalize_intercept:
        model = LogisticRegression(solver="liblinear", tol=1e-10, random_state=0, **options)
    else:
        model = LogisticRegression(solver="saga", tol=1e-9, random_state=0, **options)
    model.fit(features, labels)
    weights, intercept = model.coef_[0], model.intercept_[0]
    margins = features @ weights + intercept
    penalised = np.append(weights, intercept) if penalize_intercept else weights
    objective = C * np.logaddexp(0, -labels * margins).sum()
    objective += ratio * np.abs(penalised).sum() + (1 - ratio) / 2 * (penalised**2).sum()
    return {
        "penalty": penalty,
        "l1Ratio": ratio,
        "C": C,
        "penalizeIntercept": penalize_intercept,
        "weights": [round(float(w), 8) for w in weights],
        "intercept": round(float(intercept), 8),
        "objective": float(objective),
        "probabilities": [round(float(p), 8) for p in model.predict_proba(features)[:, 1]],
        "predictions": [int(p) for p in model.predict(features)],
    }


sets = []
for make in (plain, correlated, collinear):
    features, labels = make()
    fits = []
    for C in (0.3, 1.0, 5.0):
        fits.append(fit(features, labels, "l1", C, True))
        fits.append(fit(features, labels, "l1", C, False))
    fits.append(fit(features, labels, "l2", 1.0, True))
    fits.append(fit(features, labels, "l2", 1.0, False))
    fits.append(fit(features, labels, "elastic-net", 1.0, False))
    sets.append(
        {
            "name": make.__name__,
            "rows": features.shape[0],
            "columns": features.shape[1],
            "features": features.ravel().round(4).tolist(),
            "labels": labels.tolist(),
            "fits": fits,
        }
    )
json.dump({"scikit-learn": sklearn.__version__, "numpy": np.__version__, "sets": sets}, sys.stdout)
sys.stdout.write("\n")
