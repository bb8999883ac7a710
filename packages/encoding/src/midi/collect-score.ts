import { NoNotesError } from '../errors.js'
import { percussionChannel } from '../score/heard-notes.js'
import { compareNotes } from '../score/note-order.js'
import { defaultTempo } from '../score/time.js'
import type { KeySignature, Score, TempoChange, TimeSignature } from '../score/types.js'
import type { MidiHeader } from './header.js'
import { mergeTracks } from './merge-tracks.js'
import { NoteColumns, partCount, partOf } from './note-columns.js'
import { OpenNotes } from './open-notes.js'
import { Pedals } from './sustain.js'
import { TrackReader, type TrackSpan } from './track-reader.js'

export interface CollectOptions {
  readonly includePercussion: boolean
  readonly sustain: 'extend' | 'ignore'
}

/** How many note-ons a file has, counted before they are read. */
export interface NoteCounts {
  notes: number
  percussionNotes: number
}

const controller = { sustain: 64, soundOff: 120, reset: 121, notesOff: 123 }

/** Merges the tracks of a file into one score. */
export function collectScore(
  bytes: Uint8Array,
  header: MidiHeader,
  tracks: readonly TrackSpan[],
  counts: NoteCounts,
  options: CollectOptions
): Score {
  const count = counts.notes + (options.includePercussion ? counts.percussionNotes : 0)
  if (count === 0) throw new NoNotesError('parseMidi', counts.percussionNotes)
  const { ticksPerQuarter, tickScale, fixedTempo } = header.timing
  const collector = new Collector(count, options)
  const patterns = header.format === 2 ? tracks.map(track => [track]) : [tracks]
  let start = 0
  for (const pattern of patterns) {
    const readers = pattern.map(span => new TrackReader(bytes, span, tickScale))
    start = collector.addPattern(readers, start)
  }
  const { notes, tempos, timeSignatures, keySignatures } = collector
  return {
    ticksPerQuarter,
    notes: notes.toNotes().sort(compareNotes),
    tempos: fixedTempo ? [{ tick: 0, tempoBpm: 60e6 / fixedTempo }] : tempos,
    timeSignatures,
    keySignatures
  }
}

/** The part of a piece that has been read so far. */
class Collector {
  readonly notes: NoteColumns
  readonly tempos: TempoChange[] = []
  readonly timeSignatures: TimeSignature[] = []
  readonly keySignatures: KeySignature[] = []
  private readonly open: OpenNotes

  constructor(
    noteCount: number,
    private readonly options: CollectOptions
  ) {
    this.notes = new NoteColumns(noteCount)
    this.open = new OpenNotes(noteCount)
  }

  /** Adds tracks that sound together, all moved to `start`. Returns the tick where the last of them ends. */
  addPattern(readers: readonly TrackReader[], start: number): number {
    const { notes, open } = this
    const firstNote = notes.length
    const programs = new Uint8Array(partCount)
    const pedals = new Pedals()
    setChange(this.tempos, { ...defaultTempo, tick: start })
    for (const event of mergeTracks(readers)) {
      const tick = start + event.tick
      const part = partOf(event.port, event.channel)
      switch (event.kind) {
        case 'noteOn': {
          if (event.channel === percussionChannel && !this.options.includePercussion) break
          const index = notes.add(tick, part, event.first, event.second, programs[part]!)
          open.add(index, event.track, part, event.first)
          break
        }
        case 'noteOff': {
          const index = open.take(event.track, part, event.first)
          if (index >= 0) notes.end(index, tick)
          break
        }
        case 'program':
          programs[part] = event.first
          break
        case 'controller':
          this.#control(event, part, tick, pedals)
          break
        default:
          this.#change(event, tick)
      }
    }
    open.endAll((index, track) => notes.end(index, start + readers[track - readers[0]!.track]!.tick))
    const end = readers.reduce((latest, { tick }) => Math.max(latest, start + tick), start)
    if (this.options.sustain === 'extend') pedals.extend(notes, firstNote, end)
    return end
  }

  /** Ends the notes of a part where a controller says so; the mode messages 124 to 127 do, too. */
  #control({ first, second }: TrackReader, part: number, tick: number, pedals: Pedals): void {
    if (first === controller.sustain) pedals.move(part, tick, second >= 64)
    else if (first === controller.reset) pedals.move(part, tick, false)
    else if (first === controller.soundOff || first >= controller.notesOff) {
      this.open.endPart(part, index => this.notes.end(index, tick))
      if (first === controller.soundOff) pedals.silence(part, tick)
    }
  }

  #change({ kind, first, second }: TrackReader, tick: number): void {
    if (kind === 'tempo') setChange(this.tempos, { tick, tempoBpm: 60e6 / first })
    else if (kind === 'timeSignature') {
      setChange(this.timeSignatures, { tick, numerator: first, denominator: 2 ** second })
    } else if (kind === 'keySignature') {
      setChange(this.keySignatures, { tick, fifths: first, mode: second === 0 ? 'major' : 'minor' })
    }
  }
}

/** Adds a change that is no earlier than the last; at the last one's tick it takes its place. */
function setChange<Change extends { readonly tick: number }>(changes: Change[], change: Change): void {
  if (changes.at(-1)?.tick === change.tick) changes[changes.length - 1] = change
  else changes.push(change)
}
