"""Keys by music21, for music21-synthetic.json and music21-vgmidi.json.

pip install music21==10.5.1 mido==1.3.3, then
python music21-keys.py [folder of the data sets]

`analyze('krumhansl')` is music21.analysis.discrete.KrumhanslSchmuckler, whose weights are those of Krumhansl and Kessler;
its name for the other three profiles stands below. Streams are read with `quantizePost=False`, since music21 otherwise
moves onsets and lengths to sixteenths and triplets, and with `forceSource=True`, since it otherwise may answer from a
cache that was quantised.
"""

import csv
import json
import sys
import tempfile
from pathlib import Path

import mido
import music21

here = Path(__file__).parent
methods = {
    'krumhansl-kessler': 'krumhansl',
    'temperley': 'temperley',
    'aarden-essen': 'aarden',
    'bellman-budge': 'bellman',
}

# Notes as [pitch, start, length] at 480 ticks per quarter: a scale, an arpeggio, chords, a chromatic line, one note, thirds
# in triplets, a drone, and notes off the grid.
synthetic = {
    'scale of Eb major': [[63 + step, 480 * i, 480] for i, step in enumerate([0, 2, 4, 5, 7, 9, 11, 12])],
    'scale of C# minor': [[61 + step, 240 * i, 240] for i, step in enumerate([0, 2, 3, 5, 7, 8, 11, 12])],
    'arpeggio of Gb': [[54 + step, 480 * i, 960] for i, step in enumerate([0, 4, 7, 12])],
    'cadence in A minor': [[pitch, 960 * i, 960] for i, chord in
                           enumerate([[57, 60, 64], [62, 65, 69], [52, 56, 59, 62], [57, 60, 64]])
                           for pitch in chord],
    'chromatic with a long B': [[60 + step, 240 * step, 2400 if step == 11 else 240] for step in range(12)],
    'one note': [[66, 0, 480]],
    'thirds in triplets': [[pitch, 160 * i, 160] for i, low in enumerate([67, 69, 71, 72, 74, 72])
                           for pitch in (low, low + 4 - (i % 2))],
    'drone under a tune': [[43, 0, 3840]] + [[67 + step, 480 * i, 480] for i, step in
                                             enumerate([0, 2, 3, 5, 7, 8, 10, 12])],
    'off the grid': [[62, 13, 431], [65, 491, 377], [69, 1003, 502], [73, 1517, 211], [74, 1811, 977]],
}


def write_midi(notes, path):
    events = [(start, 1, pitch) for pitch, start, _ in notes]
    events += [(start + length, 0, pitch) for pitch, start, length in notes]
    track = mido.MidiTrack()
    now = 0
    for tick, on, pitch in sorted(events):
        track.append(mido.Message('note_on' if on else 'note_off', note=pitch, velocity=64, time=tick - now))
        now = tick
    mido.MidiFile(ticks_per_beat=480, tracks=[track]).save(path)


def key_index(key):
    return key.tonic.pitchClass + (0 if key.mode == 'major' else 12)


def keys_of(path):
    score = music21.converter.parse(path, quantizePost=False, forceSource=True)
    return {profile: score.analyze(method) for profile, method in methods.items()}


def golden_of(keys):
    best = keys['krumhansl-kessler']
    return [round(best.correlationCoefficient, 12)] + [key_index(keys[profile]) for profile in methods]


def dump(name, entries):
    head = {'music21': music21.__version__, 'columns': ['correlation', *methods]}
    lines = ',\n'.join(f'{json.dumps(key)}: {json.dumps(value)}' for key, value in entries.items())
    (here / name).write_text(f'{json.dumps(head)[:-1]}, "keys": {{\n{lines}\n}}}}\n')


if __name__ == '__main__':
    entries = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, notes in synthetic.items():
            path = str(Path(folder) / 'phrase.mid')
            write_midi(notes, path)
            entries[name] = {'notes': notes, 'keys': golden_of(keys_of(path))}
    dump('music21-synthetic.json', entries)

    data = Path(sys.argv[1] if len(sys.argv) > 1 else here / '../../../../../shared/data')
    labelled = data / 'vgmidi-0.1/labelled'
    entries = {}
    for part in ('train', 'test'):
        with open(labelled / f'vgmidi_sent_{part}.csv') as file:
            for row in csv.DictReader(file):
                entries[row['filepath']] = golden_of(keys_of(str(labelled / f"{row['filepath']}.mid")))
    dump('music21-vgmidi.json', entries)
