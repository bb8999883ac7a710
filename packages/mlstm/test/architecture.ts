import { laneBatches } from '@vgm/nn'
import type { ArchitectureSubject } from '@vgm/nn/contract'
import { type MlstmConfig, mlstm } from '../src/index.js'

const config: MlstmConfig = { vocabularySize: 5, embedding: 4, units: 8 }

/** The mLSTM, small, for the contract of architectures. */
export const mlstmSubject: ArchitectureSubject<MlstmConfig> = {
  architecture: mlstm,
  config,
  batches: (pieces, batch) =>
    laneBatches(
      { size: pieces.length, piece: index => pieces[index]! },
      { ...config, batch, window: 16, endOfPiece: 0 }
    )
}
