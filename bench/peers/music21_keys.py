"""Keys of MIDI files by music21, timed; for ../key.mjs.

Reads JSON from stdin, {"files": [path], "runs": int}, and prints {"analyze": [seconds], "parseAndAnalyze": [seconds],
"keys": int}: seconds of each run over all files, and how many keys were found.
"""

import json
import sys
import time

import music21


def parse(path):
    return music21.converter.parse(path, quantizePost=False, forceSource=True)


task = json.load(sys.stdin)
result = {'analyze': [], 'parseAndAnalyze': [], 'keys': 0}
for run in range(task['runs']):
    parsing = analysing = 0.0
    for path in task['files']:
        start = time.perf_counter()
        score = parse(path)
        parsed = time.perf_counter()
        result['keys'] += score.analyze('krumhansl').tonic is not None
        parsing += parsed - start
        analysing += time.perf_counter() - parsed
    result['analyze'].append(analysing)
    result['parseAndAnalyze'].append(parsing + analysing)
print(json.dumps(result))
