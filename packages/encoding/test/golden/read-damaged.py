"""Makes small damaged MIDI files and writes what other readers make of them, for test/damaged.test.ts.

    pip install mido==1.3.3 symusic==0.6.0 pretty_midi==0.2.11
    python test/golden/read-damaged.py > test/golden/damaged.json

Per file: its bytes in hex and, per reader, the notes as [onset in ticks, pitch, velocity, duration in ticks], the tempos
in bpm and the time signatures; null where the reader refuses the file. Files that all three refuse are left out.
"""

import io
import json
import sys
import warnings

import mido
import pretty_midi
import symusic

HEADER = "4d546864000000060000000101e0"
N = "00903c508360803c40"
END = "00ff2f00"


def track(events, length=None):
    data = bytes.fromhex(events)
    return b"MTrk" + (len(data) if length is None else length).to_bytes(4, "big") + data


def whole(events, header=HEADER):
    return bytes.fromhex(header) + track(events)


FILES = {
    "sequence number of 0 bytes": whole("00ff0000" + N + END),
    "key of 3 bytes": whole("00ff5903fd0100" + N + END),
    "key of 1 byte": whole("00ff590102" + N + END),
    "tempo of 2 bytes": whole("00ff51020102" + N + END),
    "tempo of 4 bytes": whole("00ff510406ddd000" + N + END),
    "port of 0 bytes": whole("00ff2100" + N + END),
    "time signature of 5 bytes": whole("00ff58050302180800" + N + END),
    "time signature of 2 bytes": whole("00ff58020302" + N + END),
    "end of track of 1 byte": whole(N + "00ff2f0100"),
    "no end of track": whole(N),
    **{
        f"system byte {status}": whole(f"00{status}{data}" + N + END)
        for status, data in [("f1", "00"), ("f2", "0000"), ("f3", "00"), ("f6", ""), ("f8", ""), ("fa", ""), ("fe", "")]
    },
    "running status after a meta event": whole("00903c5000ff010083603c00" + END),
    "aftertouch above 127": whole("00d0ff" + N + END),
    "note aftertouch above 127": whole("00a0ff01" + N + END),
    "pitch bend above 127": whole("00e0ff01" + N + END),
    "tempo of 0": whole("00ff5103000000" + N + END),
    "format 3": whole(N + END, "4d546864000000060003000101e0"),
    "a track fewer than announced": whole(N + END, "4d546864000000060001000201e0"),
    "a track more than announced": whole(N + END, "4d546864000000060001000101e0") + track(N.replace("3c", "40") + END),
    "cut behind an event": whole(N + END)[:-4],
    "cut in an event": whole(N + END)[:-6],
    "RIFF envelope": b"RIFF\x34\0\0\0RMIDdata\x20\0\0\0" + whole(N + END),
}


def read_mido(data):
    midi = mido.MidiFile(file=io.BytesIO(data))
    found = {"notes": [], "tempos": [], "timeSignatures": []}
    for events in midi.tracks:
        now, sounding = 0, {}
        for event in events:
            now += event.time
            if event.type == "note_on" and event.velocity > 0:
                sounding.setdefault((event.channel, event.note), []).append((now, event.velocity))
            elif event.type in ("note_on", "note_off"):
                queue = sounding.get((event.channel, event.note))
                if queue:
                    start, velocity = queue.pop(0)
                    found["notes"].append([start, event.note, velocity, now - start])
            elif event.type == "set_tempo" and event.tempo > 0:
                found["tempos"].append(60e6 / event.tempo)
            elif event.type == "time_signature":
                found["timeSignatures"].append([event.numerator, event.denominator])
    return found


def read_symusic(data):
    score = symusic.Score.from_midi(data)
    return {
        "notes": [[n.start, n.pitch, n.velocity, n.duration] for part in score.tracks for n in part.notes],
        "tempos": [tempo.qpm for tempo in score.tempos if tempo.mspq > 0],
        "timeSignatures": [[sign.numerator, sign.denominator] for sign in score.time_signatures],
    }


def read_pretty_midi(data):
    midi = pretty_midi.PrettyMIDI(io.BytesIO(data))
    ticks = midi.time_to_tick
    return {
        "notes": [
            [int(ticks(n.start)), n.pitch, n.velocity, int(ticks(n.end) - ticks(n.start))]
            for instrument in midi.instruments
            for n in instrument.notes
        ],
        "tempos": [float(tempo) for tempo in midi.get_tempo_changes()[1]],
        "timeSignatures": [[sign.numerator, sign.denominator] for sign in midi.time_signature_changes],
    }


READERS = {"mido": read_mido, "symusic": read_symusic, "pretty_midi": read_pretty_midi}


def attempt(read, data):
    try:
        return read(data)
    except Exception:
        return None


def main():
    warnings.simplefilter("ignore")
    rows = {
        name: {"file": data.hex(), **{reader: attempt(read, data) for reader, read in READERS.items()}}
        for name, data in FILES.items()
    }
    read = {name: row for name, row in rows.items() if any(row[reader] for reader in READERS)}
    lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(row)}" for name, row in read.items())
    sys.stdout.write("{\n" + lines + "\n}\n")


main()
