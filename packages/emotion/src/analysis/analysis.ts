import { fewestNotes, type Score } from '@vgm/encoding'
import { compareForm, type Form, type FormRow, form, formTable } from '@vgm/features'
import type { Emotion, JudgedEmotion, PhraseEmotion } from '../curve.js'

/** A file's name, and its form where that is measured. */
export interface FileFacts {
  readonly file: string
  readonly form?: Form
  readonly formRows?: readonly FormRow[]
}

type Facts = Pick<Emotion, 'key' | 'tempoBpm' | 'bars'> & FileFacts
type Judgement = Pick<JudgedEmotion, 'verdict' | 'probability' | 'lowest' | 'highest' | 'curve'>

/** How positive a file is, and what else its notes say. */
export type JudgedAnalysis = Facts & Judgement

/** What an analysis says of a file: of one with fewer notes than a judgement needs, the reason. */
export type Analysis =
  | JudgedAnalysis
  | (Facts & { readonly reason: string } & { readonly [Name in keyof Judgement]: null })

const tooShort = 'too short to judge'

/** The emotion of a file, as data to print. */
export function analysisOf(facts: FileFacts, emotion: Emotion): Analysis {
  const { key, tempoBpm, bars, notes } = emotion
  if (emotion.verdict === null) {
    const reason = `${tooShort}: ${notes} note${notes === 1 ? '' : 's'}, at least ${fewestNotes} are needed`
    const judgement = { verdict: null, probability: null, lowest: null, highest: null, curve: null }
    return { ...facts, reason, key, tempoBpm, bars, ...judgement }
  }
  const { verdict, probability, lowest, highest, curve } = emotion
  return { ...facts, verdict, probability, key, tempoBpm, bars, lowest, highest, curve }
}

/** An analysis as a row of a table; of a file that is too short to judge without numbers of a judge. */
export function analysisRow({ file, verdict, probability, key, tempoBpm, bars, lowest, highest }: Analysis) {
  return {
    file,
    verdict: verdict ?? tooShort,
    probability: rounded(probability),
    key: `${key.tonic} ${key.mode}`,
    tempoBpm: Math.round(tempoBpm),
    bars,
    lowest: rounded(lowest?.probability),
    lowestBars: spanOf(lowest),
    highest: rounded(highest?.probability),
    highestBars: spanOf(highest)
  }
}

/** The form of a piece, beside that of real music. */
export function formOf(score: Score): Required<Pick<FileFacts, 'form' | 'formRows'>> {
  const measured = form(score)
  return { form: measured, formRows: compareForm(measured) }
}

/** A row for each measure of a file's form, with the range of real music; none where it is not measured. */
export function formRows({ file, form }: FileFacts) {
  return form === undefined ? [] : formTable({ value: form }).map(row => ({ file, ...row }))
}

const rounded = (probability: number | null | undefined) => probability?.toFixed(3) ?? ''

const spanOf = (phrase: PhraseEmotion | null) => (phrase === null ? '' : `${phrase.bar}-${phrase.lastBar}`)
