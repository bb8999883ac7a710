import { createRandom } from '@vgm/base'
import { parseMidi, type Score, words } from '@vgm/encoding'
import { type BarPlan, planControls } from '@vgm/encoding/description'
import type { Model } from '@vgm/nn'
import { type TransformerConfig, transformer } from '@vgm/transformer'
import type { PlanBank } from '../src/index.js'

const config: TransformerConfig = {
  vocabularySize: words.vocabulary.size,
  width: 16,
  heads: 2,
  layers: 1,
  context: 128,
  controls: planControls.map(({ classes }) => classes)
}

/** A planned model that has learnt nothing: what it composes has the form that its plan and grammar give it. */
export const unlearned: Model<TransformerConfig> = {
  architecture: transformer,
  config,
  weights: transformer.initial(config, createRandom(3).fork('weights')),
  vocabulary: words.vocabulary,
  provenance: {},
  metrics: {},
  license: 'CC0-1.0'
}

const bar: BarPlan = {
  numerator: 4,
  denominator: 4,
  steps: 16,
  notes: 4,
  velocity: 80,
  pitch: 64,
  duration: 1,
  chords: ['C', 'G'],
  returns: null
}

/** Eight bars: A B A B' C A C' and an ending that the bank makes. */
export const songBars: readonly BarPlan[] = [
  bar,
  { ...bar, notes: 6, chords: ['F', 'G'] },
  { ...bar, returns: { bars: 2, how: 'exact' } },
  { ...bar, notes: 6, chords: ['F', 'G'], returns: { bars: 2, how: 'varied' } },
  { ...bar, notes: 3, chords: ['Am', 'Am'] },
  { ...bar, returns: { bars: 3, how: 'exact' } },
  { ...bar, notes: 3, chords: ['Am', 'Am'], returns: { bars: 2, how: 'varied' } },
  bar
]

/** A bank of one piece. */
export const songBank: PlanBank = { plans: [{ mode: 'major', bars: songBars }] }

/** The onsets in steps within the bar, and pitches, of bar `index` of a piece of 4/4. */
export function notesOfBar(midi: Uint8Array, index: number): string[] {
  const { notes, ticksPerQuarter }: Score = parseMidi(midi)
  const length = 4 * ticksPerQuarter
  return notes
    .filter(({ startTick }) => Math.floor(startTick / length) === index)
    .map(({ startTick, pitch }) => `${((startTick % length) * 4) / ticksPerQuarter}:${pitch}`)
}
