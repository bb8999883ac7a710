import '@tensorflow/tfjs-backend-cpu' // tfjs counts tensors only where there is a backend
import type { Engine } from '@vgm/nn'
import { architectureContract, chanceContract, programContract } from '@vgm/nn/contract'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { beforeAll, describe, test } from 'vitest'
import { gradientContract } from '../../../packages/mlstm/test/contract/gradients.js'
import { tinySubject } from '../../../packages/nn/test/tiny-subject.js'
import { softwareVulkan } from '../../../scripts/software-vulkan.mjs'

const isFound = softwareVulkan() !== undefined
if (!isFound) test('WebGPU', ({ skip }) => skip('no Chromium with SwiftShader found'))

// Two parts of the contract: for the whole a software device takes half an hour.
describe.runIf(isFound)('engine onnxruntime-node webgpu', { timeout: 120_000 }, () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await onnxEngine({ providers: ['webgpu'] })
  })
  programContract(() => engine)
  chanceContract(() => engine)
  architectureContract(tinySubject, () => engine)
  gradientContract(() => engine)
})
