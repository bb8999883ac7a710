import type { PhraseSpan, Sign } from './types.js'

/** The sign that a rule gives to one bar. */
interface BarLabel {
  readonly valence: Sign
  readonly arousal?: Sign
}

/** The stretches of bars that say the same, in order. */
export function splitAtChanges(labels: readonly BarLabel[]): PhraseSpan[] {
  const spans: PhraseSpan[] = []
  labels.forEach((label, bar) => {
    const last = spans.at(-1)
    if (last !== undefined && last.valence === label.valence && last.arousal === label.arousal) {
      spans[spans.length - 1] = { ...last, toBar: bar + 1 }
    } else {
      spans.push({ fromBar: bar, toBar: bar + 1, ...label })
    }
  })
  return spans
}

/**
 * Parts of at most `most` bars, as few as possible and as equal in length as possible, longer ones first: nine bars in
 * parts of at most four become three times three.
 */
export function splitEvenly(span: PhraseSpan, most: number): PhraseSpan[] {
  const bars = span.toBar - span.fromBar
  const count = Math.ceil(bars / most)
  const least = Math.floor(bars / count)
  const longer = bars % count
  return Array.from({ length: count }, (_, index) => {
    const fromBar = span.fromBar + index * least + Math.min(index, longer)
    return { ...span, fromBar, toBar: fromBar + least + (index < longer ? 1 : 0) }
  })
}
