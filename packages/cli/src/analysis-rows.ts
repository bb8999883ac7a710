import type { Analysis, PhraseVerdict } from './analyze-files.js'
import type { Row } from './table.js'

const probabilityDecimals = 3

/** A row per file. */
export function analysisRows(analyses: readonly Analysis[]): Row[] {
  return analyses.map(({ file, verdict, probability, key, tempoBpm, bars, lowest, highest }) => {
    const spanOf = ({ bar, lastBar }: PhraseVerdict) => `${bar}-${lastBar}`
    return {
      file,
      verdict,
      probability: probability.toFixed(probabilityDecimals),
      key: `${key.tonic} ${key.mode}`,
      tempoBpm: Math.round(tempoBpm),
      bars,
      lowest: lowest.probability.toFixed(probabilityDecimals),
      lowestBars: spanOf(lowest),
      highest: highest.probability.toFixed(probabilityDecimals),
      highestBars: spanOf(highest)
    }
  })
}
