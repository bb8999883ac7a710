import { Breaks, type Cancel } from '@vgm/base'
import {
  barTicks,
  countHeard,
  fewestNotes,
  lengthSeconds,
  meanTempoBpm,
  parseMidi,
  phrasesOf,
  pitchedNotes,
  type Score,
  secondsAt
} from '@vgm/encoding'
import { estimateKey, type KeyCandidate } from '@vgm/key-velocity'

/** What the notes of a piece say, whoever judges it. Percussion is left out. */
export interface PieceFacts {
  readonly key: KeyCandidate
  /** The mean by time. */
  readonly tempoBpm: number
  /** Up to the bar in which the last note begins. */
  readonly bars: number
  /** When the last note ends. */
  readonly seconds: number
  /** Notes that are heard, a unison counted once. */
  readonly notes: number
}

/** Where a phrase is. */
export interface PhrasePlace {
  /** The bar that it begins with, from 1. */
  readonly bar: number
  /** The last bar that it is of. */
  readonly lastBar: number
  readonly startSec: number
}

/** A phrase to be judged. */
export interface PiecePhrase extends PhrasePlace {
  readonly score: Score
}

/** A piece cut into the phrases that a judge is asked about. */
export interface Piece extends PieceFacts {
  /**
   * A phrase of {@link phraseBars} bars from every bar on, without those of too few notes; the piece as a whole where none is
   * left; none if the piece is too short to judge.
   */
  readonly phrases: readonly PiecePhrase[]
}

/** Bars per phrase. */
export const phraseBars = 4

/**
 * Cuts music into phrases to be judged, and tells its key, tempo and length.
 *
 * @param music A MIDI file's bytes, or a score.
 * @throws {EncodingError} if the bytes are no MIDI file that can be read.
 * @throws {NoNotesError} if there is no pitched note.
 * @throws {UniformHistogramError} if the notes have no key: all twelve sound equally long.
 */
export async function preparePiece(music: Uint8Array | Score, { signal }: Cancel = {}): Promise<Piece> {
  const breaks = new Breaks(signal)
  // With percussion, so that a file of nothing else is told from an empty one.
  const all = music instanceof Uint8Array ? parseMidi(music, { includePercussion: true }) : music
  if (breaks.isDue) await breaks.take()
  const { alternatives: _, ...key } = estimateKey(all)
  if (breaks.isDue) await breaks.take()
  const score = { ...all, notes: pitchedNotes(all) }
  const bars = barTicks(score).length
  const notes = countHeard(score)
  if (breaks.isDue) await breaks.take()
  const phrases = phrasesOf(score, { bars: phraseBars, hop: 1 }).map(phrase => ({
    bar: phrase.bar + 1,
    lastBar: phrase.bar + phraseBars,
    startSec: secondsAt(score, phrase.startTick),
    score: phrase.score
  }))
  if (breaks.isDue) await breaks.take()
  const whole = notes < fewestNotes ? [] : [{ bar: 1, lastBar: bars, startSec: 0, score }]
  return {
    key,
    tempoBpm: meanTempoBpm(score),
    bars,
    seconds: lengthSeconds(score),
    notes,
    phrases: phrases.length > 0 ? phrases : whole
  }
}
