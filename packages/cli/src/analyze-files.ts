import {
  barTicks,
  countHeard,
  fewestNotes,
  lengthTicks,
  phrasesOf,
  type Score,
  secondsAt
} from '@vgm/encoding'
import { estimateKey, type KeyCandidate } from '@vgm/key-velocity'
import { naming, readInput } from './files.js'
import type { Judge } from './judge.js'
import { countFiles, type MidiSource, readEach } from './midi-sources.js'
import { type MidiReading, readMidi } from './read-midi.js'

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

/** What the notes of a piece say, whoever judges it. */
interface Reading {
  readonly file: string
  readonly key: KeyCandidate
  /** The mean by time. */
  readonly tempoBpm: number
  /** Up to the bar in which the last note begins. */
  readonly bars: number
}

/** How positive a piece is, and what else its notes say. */
export interface JudgedAnalysis extends Reading {
  /** That it is positive: the mean over its phrases. */
  readonly probability: number
  readonly verdict: 'positive' | 'negative'
  /** The phrases that are least and most positive. */
  readonly lowest: PhraseVerdict
  readonly highest: PhraseVerdict
  /** A phrase of {@link phraseBars} bars from every bar on; the piece as a whole where it has none with enough notes. */
  readonly curve: readonly PhraseVerdict[]
}

/** A piece with fewer notes than a judgement needs. */
interface UnjudgedAnalysis extends Reading {
  /** Why it is not judged. */
  readonly reason: string
  readonly probability: null
  readonly verdict: null
  readonly lowest: null
  readonly highest: null
  readonly curve: null
}

export type Analysis = JudgedAnalysis | UnjudgedAnalysis

/** What {@link analyzeFiles} made of files. */
export interface FilesAnalyzed {
  readonly analyses: readonly Analysis[]
  /** Files that were named and folders of which nothing could be analyzed. */
  readonly missed: readonly string[]
}

/** How to analyze. */
export interface AnalyzeOptions extends Omit<MidiReading, 'log' | 'includePercussion'> {
  readonly judge: Judge
  readonly onProgress: (share: number, note: string) => void
  /** Called with a line for each file that is left out or repaired, and for files that are no MIDI files. */
  readonly log: (line: string) => void
}

/** What a piece of a few notes is. */
export const tooShort = 'too short to judge'

/** Bars per phrase. */
export const phraseBars = 4

/** Judges are quicker with many phrases at once, but music takes memory. */
const phrasesAtOnce = 2000

interface Piece extends Reading {
  /** Notes that are heard. */
  readonly notes: number
  /** None if the piece is too short to judge. */
  readonly phrases: readonly (Omit<PhraseVerdict, 'probability'> & { readonly score: Score })[]
}

/**
 * Analyzes MIDI files.
 *
 * @throws {CommandError} if none can be analyzed, saying why.
 */
export async function analyzeFiles(
  sources: readonly MidiSource[],
  { judge, onProgress, log, ...reading }: AnalyzeOptions
): Promise<FilesAnalyzed> {
  const total = countFiles(sources)
  const analyses: Analysis[] = []
  const missed: string[] = []
  let waiting: Piece[] = []
  let looked = 0
  const onFile = (done: number) => {
    looked = done
  }
  const judgeWaiting = async () => {
    const before = looked - waiting.length
    const scores = waiting.flatMap(({ phrases }) => phrases.map(({ score }) => score))
    const onShare = (share: number) =>
      onProgress((before + share * waiting.length) / total, `${before} of ${total} files`)
    const probabilities =
      scores.length === 0 ? new Float64Array() : await judge.probabilities(scores, onShare)
    let first = 0
    for (const piece of waiting) {
      analyses.push(analysisOf(piece, probabilities.subarray(first, first + piece.phrases.length)))
      first += piece.phrases.length
    }
    waiting = []
    onProgress(looked / total, `${looked} of ${total} files`)
  }
  const read = (file: string) => readPiece(file, { ...reading, log })
  const onMiss = (path: string) => missed.push(path)
  for await (const piece of readEach(sources, { read, verb: 'analyzed', onFile, log, onMiss })) {
    waiting.push(piece)
    if (waiting.reduce((sum, { phrases }) => sum + phrases.length, 0) >= phrasesAtOnce) await judgeWaiting()
  }
  if (waiting.length > 0) await judgeWaiting()
  return { analyses, missed }
}

async function readPiece(file: string, reading: MidiReading): Promise<Piece> {
  const bytes = await readInput(file)
  return naming(file, () => {
    const { log: _log, ...quietly } = reading
    // With percussion, so that a file of nothing else is told from an empty one.
    const { alternatives: _, ...key } = estimateKey(
      readMidi(file, bytes, { ...reading, includePercussion: true })
    )
    const score = readMidi(file, bytes, quietly)
    const phrases = phrasesOf(score, { bars: phraseBars, hop: 1 }).map(phrase => ({
      bar: phrase.bar + 1,
      lastBar: phrase.bar + phraseBars,
      startSec: secondsAt(score, phrase.startTick),
      score: phrase.score
    }))
    const end = lengthTicks(score)
    const bars = barTicks(score).length
    const notes = countHeard(score)
    const whole = notes < fewestNotes ? [] : [{ bar: 1, lastBar: bars, startSec: 0, score }]
    return {
      file,
      key,
      tempoBpm: (60 * end) / score.ticksPerQuarter / secondsAt(score, end),
      bars,
      notes,
      phrases: phrases.length > 0 ? phrases : whole
    }
  })
}

function analysisOf({ file, phrases, notes, ...about }: Piece, probabilities: Float64Array): Analysis {
  if (phrases.length === 0) {
    const reason = `${tooShort}: ${notes} note${notes === 1 ? '' : 's'}, at least ${fewestNotes} are needed`
    const judgement = { verdict: null, probability: null, lowest: null, highest: null, curve: null }
    return { file, reason, ...about, ...judgement }
  }
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
