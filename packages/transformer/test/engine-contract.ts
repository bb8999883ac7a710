import type { Engine } from '@vgm/nn'
import { architectureContract } from '@vgm/nn/contract'
import { beforeAll, describe } from 'vitest'
import { numberContract } from './contract/numbers.js'
import { settlingContract } from './contract/settling.js'
import { transformerSubject } from './subject.js'

/** What the transformer does on every engine, whatever computes the numbers. */
export function describeEngine(name: string, makeEngine: () => Promise<Engine>): void {
  // Each test takes a few seconds on two free cores; the limit is for machines that are busy.
  describe(`engine ${name}`, { timeout: 60_000 }, () => {
    let engine: Engine
    beforeAll(async () => {
      engine = await makeEngine()
    })
    architectureContract(transformerSubject, () => engine)
    numberContract(() => engine)
    // The plain backend would take minutes.
    if (name !== 'tfjs cpu') settlingContract(() => engine)
  })
}
