import { InvalidScoreError } from '../errors.js'
import { compareNotes } from '../score/note-order.js'
import type { Note, Score } from '../score/types.js'
import { validateScore } from '../score/validate-score.js'
import { splitIntoTracks } from './split-tracks.js'
import { largestWrittenTick, type TimedEvent, writeTracks } from './write-tracks.js'

/** A note-on or note-off; `program` is set where the channel must change it first. */
interface Key {
  readonly tick: number
  readonly isOn: boolean
  readonly note: Note
  program?: number
}

/**
 * Writes a standard MIDI file of format 1: a track of tempos, time and key signatures, then a track per channel. Where
 * a note outlasts a later one of its pitch and channel, note-offs of one track could not tell them apart, so the
 * channel gets a further track.
 *
 * `parseMidi(writeMidi(score), { includePercussion: true })` equals `score` for every score with a note that this
 * function takes, if its notes are in order and its tempos are whole microseconds per quarter (others are rounded to
 * the nearest).
 *
 * @throws {InvalidScoreError} if a field of the score is out of its range, or a note ends after tick 4,294,967,295.
 */
export function writeMidi(score: Score): Uint8Array {
  validateScore(score, 'writeMidi', largestWrittenTick)
  const tracks = [changeEvents(score)]
  const notes = [...score.notes].sort(compareNotes)
  for (let channel = 0; channel < 16; channel++) {
    const parts = splitIntoTracks(notes.filter(note => note.channel === channel)).map(keysOf)
    setPrograms(parts)
    for (const keys of parts) tracks.push(keys.flatMap(keyEvents))
  }
  if (tracks.length > 0xffff) {
    throw new InvalidScoreError(
      'writeMidi',
      'notes',
      'at most 65,534 of one pitch nested in each other',
      tracks.length
    )
  }
  return writeTracks(tracks, score.ticksPerQuarter)
}

function changeEvents(score: Score): TimedEvent[] {
  const timeSignatures = score.timeSignatures.map(({ tick, numerator, denominator }): TimedEvent => {
    return { tick, event: { type: 'timeSignature', numerator, denominator, metronome: 24, thirtyseconds: 8 } }
  })
  const keySignatures = score.keySignatures.map(({ tick, fifths, mode }): TimedEvent => {
    return { tick, event: { type: 'keySignature', key: fifths, scale: mode === 'major' ? 0 : 1 } }
  })
  const tempos = score.tempos.map(({ tick, tempoBpm }): TimedEvent => {
    return { tick, event: { type: 'setTempo', microsecondsPerBeat: Math.round(60e6 / tempoBpm) } }
  })
  return [...timeSignatures, ...keySignatures, ...tempos].sort((a, b) => a.tick - b.tick)
}

/** The keys of a track in time; at one tick all note-offs come before the note-ons. */
function keysOf(notes: readonly Note[]): Key[] {
  const ons = notes.map(note => ({ tick: note.startTick, isOn: true, note }))
  const offs = notes.map(note => ({ tick: note.startTick + note.durationTicks, isOn: false, note }))
  return [...offs, ...ons].sort((a, b) => a.tick - b.tick)
}

/** Sets a program where it changes, in the order in which a reader merges the tracks of one channel. */
function setPrograms(tracks: readonly Key[][]): void {
  let program = -1
  for (const key of tracks.flat().sort((a, b) => a.tick - b.tick)) {
    if (!key.isOn || key.note.program === program) continue
    program = key.note.program
    key.program = program
  }
}

function keyEvents({ tick, isOn, note, program }: Key): TimedEvent[] {
  const { channel, pitch: noteNumber, velocity } = note
  if (!isOn) return [{ tick, event: { type: 'noteOff', channel, noteNumber, velocity: 64 } }]
  const noteOn: TimedEvent = { tick, event: { type: 'noteOn', channel, noteNumber, velocity } }
  if (program === undefined) return [noteOn]
  return [{ tick, event: { type: 'programChange', channel, programNumber: program } }, noteOn]
}
