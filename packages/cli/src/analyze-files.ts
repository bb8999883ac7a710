import { barTicks, parseMidi, type Score } from '@vgm/encoding'
import { estimateKey, type KeyCandidate } from '@vgm/key-velocity'
import { naming, readInput } from './files.js'
import type { Judge } from './judge.js'
import { lengthTicks, secondsAt } from './length-seconds.js'
import { countFiles, type MidiSource, readEach } from './midi-sources.js'
import { phrasesOf } from './phrases.js'

/** How positive a phrase is. */
export interface PhraseVerdict {
  /** The bar that it begins with, from 1. */
  readonly bar: number
  /** The last bar that it is of. */
  readonly lastBar: number
  readonly startSec: number
  /** That it is positive. */
  readonly probability: number
}

/** How positive a piece is, and what else its notes say. */
export interface Analysis {
  readonly file: string
  /** That it is positive: the mean over its phrases. */
  readonly probability: number
  readonly verdict: 'positive' | 'negative'
  readonly key: KeyCandidate
  /** The mean by time. */
  readonly tempoBpm: number
  /** Up to the bar in which the last note begins. */
  readonly bars: number
  /** The phrases that are least and most positive. */
  readonly lowest: PhraseVerdict
  readonly highest: PhraseVerdict
  /** A phrase of {@link phraseBars} bars from every bar on; the piece as a whole where it has none with enough notes. */
  readonly curve: readonly PhraseVerdict[]
}

/** How to analyze. */
export interface AnalyzeOptions {
  readonly judge: Judge
  readonly onProgress: (share: number, note: string) => void
  /** Called with a line for each file of a folder that cannot be analyzed; it is left out. */
  readonly onSkip: (line: string) => void
}

/** Bars per phrase. */
export const phraseBars = 4

/** Judges are quicker with many phrases at once, but music takes memory. */
const phrasesAtOnce = 2000

interface Piece extends Pick<Analysis, 'file' | 'key' | 'tempoBpm' | 'bars'> {
  readonly phrases: readonly (Omit<PhraseVerdict, 'probability'> & { readonly score: Score })[]
}

/**
 * Analyzes MIDI files.
 *
 * @throws {CommandError} naming a file and what is wrong with it, or a folder of which no file can be analyzed.
 */
export async function analyzeFiles(
  sources: readonly MidiSource[],
  { judge, onProgress, onSkip }: AnalyzeOptions
): Promise<Analysis[]> {
  const total = countFiles(sources)
  const analyses: Analysis[] = []
  let waiting: Piece[] = []
  let read = 0
  const onFile = (done: number) => {
    read = done
  }
  const judgeWaiting = async () => {
    const before = read - waiting.length
    const probabilities = await judge.probabilities(
      waiting.flatMap(({ phrases }) => phrases.map(({ score }) => score)),
      share => onProgress((before + share * waiting.length) / total, `${before} of ${total} files`)
    )
    let first = 0
    for (const piece of waiting) {
      analyses.push(analysisOf(piece, probabilities.subarray(first, first + piece.phrases.length)))
      first += piece.phrases.length
    }
    waiting = []
    onProgress(read / total, `${read} of ${total} files`)
  }
  for await (const piece of readEach(sources, { read: readPiece, verb: 'analyzed', onFile, onSkip })) {
    waiting.push(piece)
    if (waiting.reduce((sum, { phrases }) => sum + phrases.length, 0) >= phrasesAtOnce) await judgeWaiting()
  }
  if (waiting.length > 0) await judgeWaiting()
  return analyses
}

async function readPiece(file: string): Promise<Piece> {
  const bytes = await readInput(file)
  return naming(file, () => {
    // With percussion, so that a file of nothing else is told from an empty one.
    const { alternatives: _, ...key } = estimateKey(parseMidi(bytes, { includePercussion: true }))
    const score = parseMidi(bytes)
    const phrases = phrasesOf(score, { bars: phraseBars, hop: 1 }).map(phrase => ({
      bar: phrase.bar + 1,
      lastBar: phrase.bar + phraseBars,
      startSec: secondsAt(score, phrase.startTick),
      score: phrase.score
    }))
    const end = lengthTicks(score)
    const bars = barTicks(score).length
    return {
      file,
      key,
      tempoBpm: (60 * end) / score.ticksPerQuarter / secondsAt(score, end),
      bars,
      phrases: phrases.length > 0 ? phrases : [{ bar: 1, lastBar: bars, startSec: 0, score }]
    }
  })
}

function analysisOf({ file, phrases, ...about }: Piece, probabilities: Float64Array): Analysis {
  const curve = phrases.map(({ bar, lastBar, startSec }, index) => ({
    bar,
    lastBar,
    startSec,
    probability: probabilities[index]!
  }))
  const probability = probabilities.reduce((sum, value) => sum + value, 0) / probabilities.length
  return {
    file,
    verdict: probability > 0.5 ? 'positive' : 'negative',
    probability,
    ...about,
    lowest: curve.reduce((a, b) => (b.probability < a.probability ? b : a)),
    highest: curve.reduce((a, b) => (b.probability > a.probability ? b : a)),
    curve
  }
}
