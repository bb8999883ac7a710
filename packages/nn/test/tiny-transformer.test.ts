import { describe } from 'vitest'
import { architectureContract } from '../src/contract/architecture.js'
import { nodeEngine } from '../src/node.js'
import { tinySubject } from './tiny-subject.js'

describe.each(['cpu', 'wasm'] as const)('tfjs %s', { timeout: 60_000 }, async backend => {
  const engine = await nodeEngine(backend)
  architectureContract(tinySubject, () => engine)
})
