import { type Emotion, type Judge, type JudgedEmotion, judgeEach, preparePiece } from '@vgm/emotion'
import { fewestNotes, type Score } from '@vgm/encoding'
import { compareForm, type Form, type FormRow, form } from '@vgm/features'
import { naming, readInput } from '../terminal/files.js'
import { countNoun } from '../terminal/text.js'
import { countFiles, type MidiSource, readEach } from './midi-sources.js'
import { type MidiReading, readMidi } from './read-midi.js'

type Facts = Pick<Emotion, 'key' | 'tempoBpm' | 'bars'> & {
  readonly file: string
  readonly form?: Form
  readonly formRows?: readonly FormRow[]
}
type Judgement = Pick<JudgedEmotion, 'verdict' | 'probability' | 'lowest' | 'highest' | 'curve'>

/** How positive a file is, and what else its notes say. */
export type JudgedAnalysis = Facts & Judgement

/** A file, or one with fewer notes than a judgement needs and the reason for it. */
export type Analysis =
  | JudgedAnalysis
  | (Facts & { readonly reason: string } & { readonly [Name in keyof Judgement]: null })

/** How to analyze. */
export interface AnalyzeOptions extends MidiReading {
  readonly judge: Judge
  /** Whether the form of the pieces is measured, too. */
  readonly withForm: boolean
  readonly signal: AbortSignal
  readonly onProgress: (share: number, note: string) => void
  /** Called with a line for each file that is left out or repaired, and for files that are no MIDI files. */
  readonly log: (line: string) => void
}

/** What a piece of a few notes is. */
export const tooShort = 'too short to judge'

/**
 * Analyzes MIDI files.
 *
 * @returns What was analyzed, and the files that were named and folders of which nothing could be.
 * @throws {CommandError} if none can be analyzed, saying why.
 */
export async function analyzeFiles(
  sources: readonly MidiSource[],
  { judge, withForm, signal, onProgress, ...reading }: AnalyzeOptions
): Promise<{ readonly analyses: readonly Analysis[]; readonly missed: readonly string[] }> {
  const total = countFiles(sources)
  const analyses: Analysis[] = []
  const missed: string[] = []
  let [read, judged] = [0, 0]
  const pieces = readEach(sources, {
    async read(file) {
      const bytes = await readInput(file)
      // With percussion, so that a file of nothing else is told from an empty one.
      return naming(file, async () => {
        const score = readMidi(file, bytes, { ...reading, includePercussion: true })
        const piece = await preparePiece(score, { signal })
        return { piece, facts: { file, ...(withForm && formOf(score)) } }
      })
    },
    verb: 'analyzed',
    onFile: done => {
      read = done
    },
    log: reading.log,
    onMiss: path => missed.push(path)
  })
  const emotions = judgeEach(pieces, judge, {
    signal,
    onProgress({ done, total: all = done }) {
      onProgress((judged + (done / all) * (read - judged)) / total, `${judged} of ${total} files`)
    }
  })
  for await (const { item, emotion } of emotions) {
    analyses.push(analysisOf(item.facts, emotion))
    judged = read
    onProgress(judged / total, `${judged} of ${total} files`)
  }
  return { analyses, missed }
}

function formOf(score: Score): Pick<Facts, 'form' | 'formRows'> {
  const measured = form(score)
  return { form: measured, formRows: compareForm(measured) }
}

function analysisOf(facts: Pick<Facts, 'file' | 'form' | 'formRows'>, emotion: Emotion): Analysis {
  const { key, tempoBpm, bars, notes } = emotion
  if (emotion.verdict === null) {
    const reason = `${tooShort}: ${countNoun(notes, 'note')}, at least ${fewestNotes} are needed`
    const judgement = { verdict: null, probability: null, lowest: null, highest: null, curve: null }
    return { ...facts, reason, key, tempoBpm, bars, ...judgement }
  }
  const { verdict, probability, lowest, highest, curve } = emotion
  return { ...facts, verdict, probability, key, tempoBpm, bars, lowest, highest, curve }
}
