"""Scores probabilities with scikit-learn, and asks SciPy for quantiles of Student's t, for src/scores.test.ts.

    pip install scikit-learn scipy numpy
    python test/golden/scores.py > test/golden/scores.json
"""

import json
import sys

import numpy as np
from scipy.stats import t
from sklearn import metrics

random = np.random.default_rng(7)
cases = []
for count, digits in ((40, 3), (25, 1)):  # one digit makes ties, and some of exactly 0.5
    labels = np.where(random.random(count) < 0.6, 1, -1)
    probabilities = np.round(np.clip(0.5 + 0.15 * labels + 0.3 * random.normal(size=count), 0.02, 0.98), digits)
    said = np.where(probabilities > 0.5, 1, -1)
    tn, fp, fn, tp = metrics.confusion_matrix(labels, said).ravel().tolist()
    cases.append(
        {
            "labels": labels.tolist(),
            "probabilities": probabilities.tolist(),
            "scores": {
                "accuracy": metrics.accuracy_score(labels, said),
                "balancedAccuracy": metrics.balanced_accuracy_score(labels, said),
                "f1": metrics.f1_score(labels, said),
                "auc": metrics.roc_auc_score(labels, probabilities),
                "logLoss": metrics.log_loss(labels, probabilities),
            },
            "brierScore": metrics.brier_score_loss(labels, probabilities),
            "confusion": {"truePositives": tp, "falsePositives": fp, "trueNegatives": tn, "falseNegatives": fn},
        }
    )
quantiles = {str(freedom): t.ppf(0.975, freedom) for freedom in (1, 2, 3, 4, 9, 10, 49, 99)}
json.dump({"cases": cases, "quantiles": quantiles}, sys.stdout, indent=1)
sys.stdout.write("\n")
