import { type Emotion, type JudgedEmotion, judgePieces, type Piece, preparePiece } from '@vgm/emotion'
import { fewestNotes } from '@vgm/encoding'
import { naming, readInput } from './files.js'
import { countFiles, type MidiSource, readEach } from './midi-sources.js'
import type { NamedJudge } from './open-judge.js'
import { type MidiReading, readMidi } from './read-midi.js'

type Facts = Pick<Emotion, 'key' | 'tempoBpm' | 'bars'> & { readonly file: string }

/** How positive a file is, and what else its notes say. */
export type JudgedAnalysis = Facts &
  Pick<JudgedEmotion, 'verdict' | 'probability' | 'lowest' | 'highest' | 'curve'>

/** A file with fewer notes than a judgement needs. */
interface UnjudgedAnalysis extends Facts {
  /** Why it is not judged. */
  readonly reason: string
  readonly verdict: null
  readonly probability: null
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
  readonly judge: NamedJudge
  readonly signal: AbortSignal
  readonly onProgress: (share: number, note: string) => void
  /** Called with a line for each file that is left out or repaired, and for files that are no MIDI files. */
  readonly log: (line: string) => void
}

/** What a piece of a few notes is. */
export const tooShort = 'too short to judge'

/** Judges are quicker with many phrases at once, but music takes memory. */
const phrasesAtOnce = 2000

/**
 * Analyzes MIDI files.
 *
 * @throws {CommandError} if none can be analyzed, saying why.
 */
export async function analyzeFiles(
  sources: readonly MidiSource[],
  { judge, signal, onProgress, log, ...reading }: AnalyzeOptions
): Promise<FilesAnalyzed> {
  const total = countFiles(sources)
  const analyses: Analysis[] = []
  const missed: string[] = []
  let waiting: { readonly file: string; readonly piece: Piece }[] = []
  let looked = 0
  const onFile = (done: number) => {
    looked = done
  }
  const judgeWaiting = async () => {
    const before = looked - waiting.length
    const emotions = await judgePieces(
      waiting.map(({ piece }) => piece),
      judge,
      {
        signal,
        onProgress: progress => {
          const share = progress.done / (progress.total ?? progress.done)
          onProgress((before + share * waiting.length) / total, `${before} of ${total} files`)
        }
      }
    )
    for (const [index, emotion] of emotions.entries())
      analyses.push(analysisOf(waiting[index]!.file, emotion))
    waiting = []
    onProgress(looked / total, `${looked} of ${total} files`)
  }
  const read = async (file: string) => ({ file, piece: await readPiece(file, { ...reading, log }, signal) })
  const onMiss = (path: string) => missed.push(path)
  for await (const each of readEach(sources, { read, verb: 'analyzed', onFile, log, onMiss })) {
    waiting.push(each)
    if (waiting.reduce((sum, { piece }) => sum + piece.phrases.length, 0) >= phrasesAtOnce) {
      await judgeWaiting()
    }
  }
  if (waiting.length > 0) await judgeWaiting()
  return { analyses, missed }
}

async function readPiece(file: string, reading: MidiReading, signal: AbortSignal): Promise<Piece> {
  const bytes = await readInput(file)
  return naming(file, () =>
    // With percussion, so that a file of nothing else is told from an empty one.
    preparePiece(readMidi(file, bytes, { ...reading, includePercussion: true }), { signal })
  )
}

function analysisOf(file: string, emotion: Emotion): Analysis {
  const { key, tempoBpm, bars, notes } = emotion
  if (emotion.verdict === null) {
    const reason = `${tooShort}: ${notes} note${notes === 1 ? '' : 's'}, at least ${fewestNotes} are needed`
    const judgement = { verdict: null, probability: null, lowest: null, highest: null, curve: null }
    return { file, reason, key, tempoBpm, bars, ...judgement }
  }
  const { verdict, probability, lowest, highest, curve } = emotion
  return { file, verdict, probability, key, tempoBpm, bars, lowest, highest, curve }
}
