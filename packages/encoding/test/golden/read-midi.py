"""Reads VGMIDI files with mido and writes what their notes are, for test/vgmidi.test.ts.

    pip install mido
    python test/golden/read-midi.py <folder of the data sets> > test/golden/notes.json

Per file: the number of notes, sums over them, and a digest of the lines "step pitch units", where a step is a sixteenth
and units are 64ths of a quarter note, sorted. The music itself stays where it is.
"""

import hashlib
import json
import sys
from fractions import Fraction
from math import floor
from pathlib import Path

import mido

FILES = [
    "unlabelled/train/3D_Battles_Of_Worldrunner_The_MainLevel.mid",
    "unlabelled/train/7th_Saga_Church.mid",
    "unlabelled/train/Sonic_the_Hedgehog_3_IceCapZone.mid",
    "unlabelled/train/Tetris_MusicABossRemix.mid",
    "unlabelled/train/Sims_Building_Theme_5_by_Pseudo.mid",
    "unlabelled/train/Super_Mario_Land_World1.mid",
    "unlabelled/train/Legend_of_Mana_TheDarknessNova.mid",
    "unlabelled/train/Monkey_Island_1_-_The_Secret_of_Monkey_Island_-_The_Scumm_Bar_by_w3sp.mid",
]
SAMPLED = [("unlabelled/train", 4), ("unlabelled/test", 4), ("labelled/phrases", 4)]

QUARTERS = {"breve": 8, "whole": 4, "half": 2, "quarter": 1, "eighth": Fraction(1, 2), "16th": Fraction(1, 4), "32nd": Fraction(1, 8)}
DURATIONS = sorted(
    base * factor
    for base in QUARTERS.values()
    for factor in (1, Fraction(3, 2), Fraction(7, 4), Fraction(15, 8))
)


def half_up(value):
    return floor(value + Fraction(1, 2))


def nearest_duration(quarters):
    """The nearest of the 28; of two equally near the longer."""
    return min(DURATIONS, key=lambda duration: (abs(duration - quarters), -duration))


def sounding_notes(midi):
    """(start, end, pitch) in ticks. A note-off ends the oldest note of its track, channel and pitch."""
    for track in midi.tracks:
        now = 0
        open_notes = {}
        for message in track:
            now += message.time
            if message.type not in ("note_on", "note_off") or message.channel == 9:
                continue
            queue = open_notes.setdefault((message.channel, message.note), [])
            if message.type == "note_on" and message.velocity > 0:
                queue.append(now)
            elif queue:
                yield queue.pop(0), now, message.note
        for (_, pitch), starts in open_notes.items():
            for start in starts:
                yield start, now, pitch


def read(path):
    midi = mido.MidiFile(path, clip=True)
    longest = {}
    for start, end, pitch in sounding_notes(midi):
        step = half_up(Fraction(4 * start, midi.ticks_per_beat))
        length = max(end - start, 1)
        longest[step, pitch] = max(length, longest.get((step, pitch), 0))
    notes = sorted(
        (step, pitch, int(64 * nearest_duration(Fraction(length, midi.ticks_per_beat))))
        for (step, pitch), length in longest.items()
    )
    text = "\n".join(f"{step} {pitch} {units}" for step, pitch, units in notes)
    return {
        "notes": len(notes),
        "lastStep": notes[-1][0],
        "pitchSum": sum(pitch for _, pitch, _ in notes),
        "unitSum": sum(units for _, _, units in notes),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def main():
    root = Path(sys.argv[1]) / "vgmidi-0.1"
    names = list(FILES)
    for folder, count in SAMPLED:
        files = sorted(path.name for path in (root / folder).glob("*.mid"))
        names += [f"{folder}/{files[(2 * i + 1) * len(files) // (2 * count)]}" for i in range(count)]
    json.dump({f"vgmidi-0.1/{name}": read(root / name) for name in names}, sys.stdout, indent=1)
    print()


main()
