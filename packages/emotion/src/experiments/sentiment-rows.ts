import { percent, spread } from '../percent.js'
import type { SentimentResult } from './reproduce-sentiment.js'

/** What {@link reproduceSentiment} found, and how often the more frequent kind occurs. */
export interface SentimentReport {
  readonly majorityRate: number
  readonly baseline: { readonly units: number }
  readonly results: readonly SentimentResult[]
}

/** A row per method and protocol, first all by phrase, then all by piece; shares in per cent. */
export function sentimentRows({
  majorityRate,
  baseline,
  results
}: SentimentReport): Record<string, string>[] {
  const none = { interval: '', balanced: '50.0', AUC: '', permuted: '' }
  const inOrder = [...results].sort((a, b) => a.folds.localeCompare(b.folds))
  return [
    { method: 'always the more frequent', folds: '', accuracy: percent(majorityRate), ...none },
    ...inOrder.map(({ method, model, folds, scores, permuted }) => {
      const name = method === 'baseline' ? `supervised mLSTM, ${baseline.units} units` : method
      const { balancedAccuracy, auc } = scores
      return {
        method: model === undefined ? name : `${method} of ${model}`,
        folds,
        ...spread(scores.accuracy),
        balanced: balancedAccuracy === undefined ? '' : percent(balancedAccuracy.mean),
        AUC: auc === undefined ? '' : auc.mean.toFixed(3),
        permuted: permuted === undefined ? '' : percent(permuted)
      }
    })
  ]
}
