import '@tensorflow/tfjs-backend-cpu' // tfjs counts tensors only where there is a backend
import { architectureContract } from '@vgm/nn/contract'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { describe } from 'vitest'
import { tinySubject } from '../../../packages/nn/test/tiny-subject.js'

describe('onnxruntime-node', { timeout: 60_000 }, async () => {
  const engine = await onnxEngine()
  architectureContract(tinySubject, () => engine)
})
