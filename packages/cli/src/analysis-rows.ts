import type { PhraseEmotion } from '@vgm/emotion'
import { type Analysis, tooShort } from './analyze-files.js'
import type { Row } from './table.js'

const probabilityDecimals = 3

/** A row per file; of one that is too short to judge without numbers of a judge. */
export function analysisRows(analyses: readonly Analysis[]): Row[] {
  return analyses.map(({ file, verdict, probability, key, tempoBpm, bars, lowest, highest }) => ({
    file,
    verdict: verdict ?? tooShort,
    probability: probability?.toFixed(probabilityDecimals) ?? '',
    key: `${key.tonic} ${key.mode}`,
    tempoBpm: Math.round(tempoBpm),
    bars,
    lowest: lowest?.probability.toFixed(probabilityDecimals) ?? '',
    lowestBars: spanOf(lowest),
    highest: highest?.probability.toFixed(probabilityDecimals) ?? '',
    highestBars: spanOf(highest)
  }))
}

function spanOf(phrase: PhraseEmotion | null): string {
  return phrase === null ? '' : `${phrase.bar}-${phrase.lastBar}`
}
