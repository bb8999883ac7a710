import type { PhraseEmotion } from '@vgm/emotion'
import { formTable } from '@vgm/features'
import { type Analysis, tooShort } from '../inputs/analyze-files.js'
import type { Row } from '../terminal/table.js'

/** A row per file; of one that is too short to judge without numbers of a judge. */
export function analysisRows(analyses: readonly Analysis[]): Row[] {
  return analyses.map(({ file, verdict, probability, key, tempoBpm, bars, lowest, highest }) => ({
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
  }))
}

/** A row per file and measure of its form, with real music's range. */
export function formRows(analyses: readonly Analysis[]): Row[] {
  return analyses.flatMap(({ file, form }) =>
    form === undefined ? [] : formTable({ value: form }).map(row => ({ file, ...row }))
  )
}

const rounded = (probability: number | null | undefined) => probability?.toFixed(3) ?? ''

const spanOf = (phrase: PhraseEmotion | null) => (phrase === null ? '' : `${phrase.bar}-${phrase.lastBar}`)
