import { laneBatches, type SideInputs } from '@vgm/nn'
import { type ArchitectureSubject, toldIds } from '@vgm/nn/contract'
import { type TransformerConfig, transformer } from '../src/index.js'

/** Every third word takes a time step; the model is told its place in a bar of four. */
export const places: SideInputs<number> = {
  initial: () => 0,
  next: words => words + 1,
  values: words => {
    const time = Math.floor(words / 3)
    return { time, controls: [1 + (time % 4), words % 2] }
  }
}

/** Small sizes, for tests that nobody waits for. */
export const smallConfig: TransformerConfig = {
  vocabularySize: 5,
  width: 8,
  heads: 2,
  layers: 2,
  context: 64,
  controls: [5, 2]
}

/** The transformer, small, for the contract of architectures. */
export const transformerSubject: ArchitectureSubject<TransformerConfig> = {
  architecture: transformer,
  config: smallConfig,
  inputs: places as SideInputs,
  batches: (pieces, batch) =>
    laneBatches(
      { size: pieces.length, piece: index => toldIds(pieces[index]!, places as SideInputs) },
      { ...smallConfig, batch, window: 16, endOfPiece: 0, inputs: transformer.inputs(smallConfig) }
    )
}
