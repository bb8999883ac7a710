import '@tensorflow/tfjs-backend-cpu'
import { type Engine, eager } from '@vgm/nn'
import { architectureContract, chanceContract, programContract } from '@vgm/nn/contract'
import { beforeAll, describe } from 'vitest'
import { mlstmSubject } from './architecture.js'
import { brokenModelContract } from './contract/broken-models.js'
import { classifierContract } from './contract/classifier.js'
import { concurrencyContract } from './contract/concurrency.js'
import { divergenceContract } from './contract/divergence.js'
import { generationContract } from './contract/generation.js'
import { gradientContract } from './contract/gradients.js'
import { memoryContract } from './contract/memory.js'
import { readingContract } from './contract/reading.js'
import { resumeContract } from './contract/resume.js'
import { steeringContract } from './contract/steering.js'
import { trainingContract } from './contract/training.js'

/** What every engine must do, whatever computes the numbers. */
export function describeEngine(name: string, makeEngine: () => Promise<Engine>): void {
  // Each test takes at most two seconds on two free cores; the limit is for machines that are busy.
  describe(`engine ${name}`, { timeout: 60_000 }, () => {
    let engine: Engine
    let other: Engine
    beforeAll(async () => {
      engine = await makeEngine()
      other = await eager('cpu')
    })
    const current = () => engine
    programContract(current)
    chanceContract(current)
    architectureContract(mlstmSubject, current)
    gradientContract(current)
    readingContract(current)
    generationContract(current)
    brokenModelContract(current)
    steeringContract(current)
    trainingContract(current)
    divergenceContract(current)
    resumeContract(current)
    classifierContract(current)
    concurrencyContract(current, () => other)
    memoryContract(current)
  })
}
