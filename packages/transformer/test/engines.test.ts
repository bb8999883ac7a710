import { architectureContract } from '@vgm/nn/contract'
import { nodeEngine } from '@vgm/nn/node'
import { describe } from 'vitest'
import { transformerSubject } from './subject.js'

describe.each(['cpu', 'wasm'] as const)('tfjs %s', { timeout: 60_000 }, async backend => {
  const engine = await nodeEngine(backend)
  architectureContract(transformerSubject, () => engine)
})
