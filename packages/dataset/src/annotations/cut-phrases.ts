import { excerpt, type Note, pitchedNotes, type Score } from '@vgm/encoding'
import { InvalidSeriesError } from './errors.js'
import type { PhraseSpan } from './types.js'

/** Options of {@link cutPhrases}. */
export interface CutOptions {
  /** Quarter notes in a bar (default: 4, as in VGMIDI, whatever the time signature says). */
  readonly quartersPerBar?: number | undefined
}

/** A phrase with its music. */
export interface CutPhrase extends PhraseSpan {
  /** Its index among the spans. */
  readonly span: number
  /** From tick 0 on; notes may sound past its end. */
  readonly score: Score
}

/** The result of {@link cutPhrases}. */
export interface CutPiece {
  readonly phrases: readonly CutPhrase[]
  /** The indices of spans in which no note begins. */
  readonly silent: readonly number[]
  /** The indices of spans whose notes and tempo are those of an earlier one. */
  readonly repeated: readonly number[]
}

/**
 * Cuts a piece into phrases. A note belongs to the phrase in which it begins, and keeps its length; percussion is left
 * out. Silent phrases and repetitions of an earlier one are dropped.
 *
 * @param score Not modified.
 * @param spans In bars; they may overlap.
 * @throws {InvalidSeriesError} if a span is empty or begins before bar 0.
 */
export function cutPhrases(
  score: Score,
  spans: readonly PhraseSpan[],
  { quartersPerBar = 4 }: CutOptions = {}
): CutPiece {
  const ticksPerBar = quartersPerBar * score.ticksPerQuarter
  const phrases: CutPhrase[] = []
  const silent: number[] = []
  const repeated: number[] = []
  const seen = new Set<string>()
  const pitched = { ...score, notes: pitchedNotes(score) }
  spans.forEach((span, index) => {
    requireSpan(span, index)
    const startTick = Math.round(span.fromBar * ticksPerBar)
    const endTick = Math.max(startTick + 1, Math.round(span.toBar * ticksPerBar))
    const cut = excerpt(pitched, { startTick, endTick, keepsLengths: true })
    const content = JSON.stringify([cut.notes.map(contentOf), cut.tempos])
    if (cut.notes.length === 0) silent.push(index)
    else if (seen.has(content)) repeated.push(index)
    else phrases.push({ ...span, span: index, score: cut })
    seen.add(content)
  })
  return { phrases, silent, repeated }
}

function requireSpan({ fromBar, toBar }: PhraseSpan, index: number): void {
  if (fromBar >= 0 && toBar > fromBar && Number.isFinite(toBar)) return
  const expected = 'fromBar of at least 0 and toBar after it'
  throw new InvalidSeriesError('cutPhrases', `spans[${index}]`, expected, { fromBar, toBar })
}

function contentOf({ pitch, velocity, startTick, durationTicks }: Note): readonly number[] {
  return [pitch, velocity, startTick, durationTicks]
}
