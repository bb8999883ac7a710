import '@tensorflow/tfjs-backend-cpu' // tfjs counts tensors only where there is a backend
import { architectureContract } from '@vgm/nn/contract'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { describe } from 'vitest'
import { describeEngine } from '../../../packages/mlstm/test/engine-contract.js'
import { tinySubject } from '../../../packages/nn/test/tiny-subject.js'
import { describeEngine as describeTransformer } from '../../../packages/transformer/test/engine-contract.js'

describeEngine('onnxruntime-web', () => onnxEngine({ runtime: 'onnxruntime-web' }))
describeTransformer('onnxruntime-web', () => onnxEngine({ runtime: 'onnxruntime-web' }))

describe('onnxruntime-web', { timeout: 60_000 }, async () => {
  const engine = await onnxEngine({ runtime: 'onnxruntime-web' })
  architectureContract(tinySubject, () => engine)
})
