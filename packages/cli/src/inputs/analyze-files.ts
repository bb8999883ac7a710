import type { Cancel, Watch } from '@vgm/base'
import { type Emotion, type Judge, type JudgedEmotion, judgeEach, preparePiece } from '@vgm/emotion'
import { fewestNotes, type Score } from '@vgm/encoding'
import { compareForm, type Form, type FormRow, form } from '@vgm/features'
import { countNoun } from '../terminal/text.js'
import { countFiles, type MidiSource, readEach } from './midi-sources.js'
import { type MidiReading, readFrom } from './music.js'

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
export interface AnalyzeOptions extends MidiReading, Cancel, Watch {
  readonly judge: Judge
  /** Whether the form of the pieces is measured, too. */
  readonly withForm: boolean
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
      // With percussion, so that a file of nothing else is told from an empty one.
      const midi = { ...reading, includePercussion: true }
      return readFrom(file, midi, async score => ({
        piece: await preparePiece(score, { signal }),
        facts: { file, ...(withForm && formOf(score)) }
      }))
    },
    ...{ verb: 'analyzed', log: reading.log, signal },
    onProgress({ done }) {
      read = done
    },
    onMiss: path => missed.push(path)
  })
  const report = (done: number) => onProgress?.({ phase: 'analyzing', done, total, unit: 'files' })
  const emotions = judgeEach(pieces, judge, {
    signal,
    onProgress: ({ done, total: all = done }) => report(judged + Math.floor((done / all) * (read - judged)))
  })
  for await (const { item, emotion } of emotions) {
    analyses.push(analysisOf(item.facts, emotion))
    judged = read
    report(judged)
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
