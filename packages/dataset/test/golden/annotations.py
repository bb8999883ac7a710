"""Makes annotations.json: what other programs say of the same numbers.

python -m pip install numpy scipy dtaidistance krippendorff kmedoids
python annotations.py > annotations.json
"""

import json

import kmedoids
import krippendorff
import numpy as np
from dtaidistance import dtw
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from scipy.stats import zscore

random = np.random.default_rng(7)


def walks(count, length):
    steps = random.normal(0, 0.2, (count, length)).cumsum(axis=1)
    return np.round(np.clip(steps, -1, 1), 2)


def clusters_of(labels):
    groups = [np.flatnonzero(labels == label).tolist() for label in np.unique(labels)]
    return sorted(groups, key=lambda group: (-len(group), group[0]))


def warp():
    cases = []
    for left, right, band in [(5, 5, None), (9, 6, None), (12, 12, None), (12, 12, 0), (12, 12, 2), (12, 12, 4)]:
        a, b = walks(1, left)[0], walks(1, right)[0]
        # The window of dtaidistance is one more than the band: 1 is the diagonal alone.
        window = None if band is None else band + 1
        case = {"a": a.tolist(), "b": b.tolist(), "distance": dtw.distance(a, b, window=window)}
        cases.append(case if band is None else {**case, "band": band})
    return cases


def cluster():
    cases = []
    for count, size in [(2, 8), (3, 20), (3, 32), (5, 25)]:
        points = random.normal(0, 1, (size, 3))
        distances = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2)).round(6)
        tree = linkage(squareform(distances), "complete")
        medoids = kmedoids.pam(distances, count, init="build")
        cases.append({
            "distances": distances.tolist(),
            "count": count,
            "completeLinkage": clusters_of(fcluster(tree, count, "maxclust")),
            "pam": {"clusters": clusters_of(medoids.labels), "cost": float(medoids.loss)},
        })
    return cases


def agreement():
    cases = []
    for listeners, bars in [(2, 10), (5, 16), (12, 8)]:
        ratings = walks(1, bars) + random.normal(0, 0.3, (listeners, bars))
        ratings = ratings.round(2)
        pairs = np.corrcoef(ratings)[np.triu_indices(listeners, 1)]
        cases.append({
            "ratings": ratings.tolist(),
            "alpha": krippendorff.alpha(ratings, level_of_measurement="interval"),
            "correlation": float(pairs.mean()),
        })
    shorter = [row[: bars - index % 3].tolist() for index, row in enumerate(ratings)]
    padded = np.array([row + [np.nan] * (bars - len(row)) for row in shorter])
    alpha = krippendorff.alpha(padded, level_of_measurement="interval")
    return {"full": cases, "unequal": {"ratings": shorter, "alpha": alpha}}


values = walks(1, 9)[0]
print(json.dumps({
    "warp": warp(),
    "cluster": cluster(),
    "agreement": agreement(),
    "zScores": {"values": values.tolist(), "scores": zscore(values).tolist()},
}))
