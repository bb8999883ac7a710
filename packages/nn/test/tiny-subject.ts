import type { ArchitectureSubject } from '../src/contract/architecture.js'
import { toldIds } from '../src/contract/architecture.js'
import type { SideInputs } from '../src/sampling/inputs.js'
import { paddedBatches } from '../src/training/batches/padded.js'
import { type TinyConfig, tinyTransformer } from './tiny-transformer.js'

/** Every token is told its place in a bar of four. */
const places: SideInputs<number> = {
  initial: () => 0,
  next: place => (place + 1) % 4,
  values: place => ({ beat: place })
}

const config: TinyConfig = { vocabularySize: 5, width: 8, heads: 2, context: 64 }

/** The second architecture that shows that nothing in this package knows the first. */
export const tinySubject: ArchitectureSubject<TinyConfig> = {
  architecture: tinyTransformer,
  config,
  inputs: places as SideInputs,
  batches: (pieces, batch) =>
    paddedBatches(
      { size: pieces.length, piece: index => toldIds(pieces[index]!, places as SideInputs) },
      { ...config, batch, window: 64, endOfPiece: 0, inputs: tinyTransformer.inputs(config) }
    )
}
