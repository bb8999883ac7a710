import { mul, reshape, stack, type Tensor1D, type Tensor2D, tensor, unstack } from '@tensorflow/tfjs-core'
import {
  adamScalars,
  type Chance,
  compileNamed,
  type Engine,
  floatSpecs,
  type Handle,
  type HostArray,
  lossAndGradients,
  noChance,
  prefixed,
  readValues,
  release,
  type Tensors,
  trainStep,
  type Value,
  withPrefix,
  zeros
} from '@vgm/nn'
import { expectClose } from '@vgm/nn/contract'
import { describe, expect, test } from 'vitest'
import { mlstm } from '../../src/index.js'
import { windowLoss } from '../../src/mlstm.js'
import { network } from '../../src/network.js'
import { golden, goldenModel, parameterNames, weightsOf } from '../models.js'
import {
  type ReferenceState,
  referenceCrossEntropy,
  referenceLogits,
  referenceStep,
  zeroState
} from '../reference.js'
import { toyEnd } from '../toy.js'

const { config, lanes: batch, window } = golden
const words = { shape: [window, batch], dtype: 'int32' } as const
const batchSpecs = { ids: words, targets: words, carries: { ...words, dtype: 'float32' } } as const
const specs = {
  ...prefixed('parameter', floatSpecs(mlstm.parameters(config))),
  ...prefixed('state', floatSpecs(mlstm.state(config), batch)),
  ...prefixed('batch', batchSpecs)
}

/** The words of step `k` of the golden file. */
function batchOf(k: number): Record<string, HostArray> {
  const { ids, targets } = golden.steps[k]!
  const carries = Float32Array.from(ids, id => (id === toyEnd ? 0 : 1))
  return prefixed('batch', { ids: Int32Array.from(ids), targets: Int32Array.from(targets), carries })
}

/** The parameters and the state before step `k` of the golden file, and its words. */
function inputsOf(k: number): Record<string, HostArray> {
  const before = k === 0 ? golden : golden.steps[k - 1]!
  return {
    ...prefixed('parameter', weightsOf(before.parameters)),
    'state.h': Float32Array.from(before.h),
    'state.c': Float32Array.from(before.c),
    ...batchOf(k)
  }
}

async function readAll(handles: Readonly<Record<string, Handle>>): Promise<Record<string, HostArray>> {
  const values = await readValues(handles)
  release(Object.values(handles))
  return values
}

const split = (inputs: Tensors) =>
  [withPrefix('parameter', inputs), withPrefix('batch', inputs), withPrefix('state', inputs)] as const

/** A program that gives the loss, every gradient, and the state after the window. */
function compileGradients(engine: Engine, chance: Chance = noChance) {
  const architecture: typeof mlstm = {
    ...mlstm,
    window: (parameters, batch, state) => windowLoss(parameters, batch, state, { chance })
  }
  return compileNamed(engine, {
    inputs: specs,
    outputs: ['loss', ...parameterNames, 'h', 'c'],
    compute(inputs) {
      const { loss, gradients, state } = lossAndGradients(architecture, config, ...split(inputs))
      return { loss, ...gradients, ...state }
    }
  })
}

/** The model's numbers: forward, loss, gradients and Adam, against PyTorch and against finite differences. */
export function gradientContract(engine: () => Engine): void {
  describe('numbers', () => {
    test("logits and states are PyTorch's (rtol 1e-4, atol 1e-6)", async () => {
      const program = await compileNamed(engine(), {
        inputs: specs,
        outputs: ['logits', 'h', 'c'],
        compute(inputs) {
          const [parameters, { ids, carries }, start] = split(inputs)
          const model = network(parameters, batch, noChance)
          let [h, c] = [start.h as Tensor2D, start.c as Tensor2D]
          const going = unstack(carries!)
          const logits = (unstack(ids!) as Tensor1D[]).map((word, t) => {
            const column = reshape(going[t]!, [batch, 1])
            ;({ h, c } = model.step(word, { h: mul(h, column) as Tensor2D, c: mul(c, column) as Tensor2D }))
            return model.logits(h)
          })
          return { logits: stack(logits), h, c }
        }
      })
      for (const [k, step] of golden.steps.entries()) {
        const { logits, h, c } = await readAll(await program.run(inputsOf(k)))
        const tolerance = { rtol: 1e-4, atol: 1e-6 }
        expectClose(logits!, step.logits, tolerance, `logits of step ${k}`)
        expectClose(h!, step.h, tolerance, `h after step ${k}`)
        expectClose(c!, step.c, tolerance, `c after step ${k}`)
      }
      program.dispose()
    })

    test("the loss and every gradient are PyTorch's (rtol 1e-4, atol 1e-7)", async () => {
      const program = await compileGradients(engine())
      for (const [k, step] of golden.steps.entries()) {
        const found = await readAll(await program.run(inputsOf(k)))
        expectClose(found.loss!, [step.loss], { rtol: 1e-5, atol: 0 }, `loss of step ${k}`)
        for (const name of parameterNames) {
          const tolerance = { rtol: 1e-4, atol: 1e-7 }
          expectClose(found[name]!, step.gradients[name], tolerance, `gradient of ${name} in step ${k}`)
        }
        expectClose(found.h!, step.h, { rtol: 1e-4, atol: 1e-6 }, `h after step ${k}`)
        expectClose(found.c!, step.c, { rtol: 1e-4, atol: 1e-6 }, `c after step ${k}`)
      }
      program.dispose()
    })

    test('the gradient is what the loss does when a parameter moves (±0.01: rtol 1%, atol 1e-4)', async () => {
      const program = await compileNamed(engine(), {
        inputs: specs,
        outputs: ['loss'],
        compute: inputs => ({ loss: windowLoss(...split(inputs), { chance: noChance }).loss })
      })
      const inputs = inputsOf(0)
      const { gradients } = golden.steps[0]!
      const shift = 0.01 // float32 losses of 2.4 are good to 3e-7, so the quotient is to 3e-5
      const lossAt = async () => (await readAll(await program.run(inputs))).loss![0]!
      for (const name of parameterNames) {
        const gradient = gradients[name]
        const steepest = gradient.reduce(
          (best, g, k) => (Math.abs(g) > Math.abs(gradient[best]!) ? k : best),
          0
        )
        expect(Math.abs(gradient[steepest]!), `${name} has a slope to measure`).toBeGreaterThan(3e-3)
        const entries = [steepest, 0, gradient.length >> 1, gradient.length - 1]
        const parameter = inputs[`parameter.${name}`]!
        const measured: number[] = []
        for (const entry of entries) {
          const value = parameter[entry]!
          parameter[entry] = value + shift
          const above = await lossAt()
          parameter[entry] = value - shift
          const below = await lossAt()
          parameter[entry] = value
          measured.push((above - below) / (2 * shift))
        }
        const expected = entries.map(entry => gradient[entry]!)
        expectClose(measured, expected, { rtol: 1e-2, atol: 1e-4 }, `slope along ${name}`)
      }
      program.dispose()
    })

    test("dropout leaves out the masks' numbers, and the gradient is that of what is left (rtol 1e-5; slopes 1%)", async () => {
      const { units, embedding } = config
      const mask = (width: number, seed: number) =>
        Float32Array.from({ length: batch * width }, (_, k) => ((k * 7 + seed) % 3 === 0 ? 0 : 1.5))
      const masks = [mask(embedding, 0), mask(units, 1), mask(units, 2)] as const
      const chance: Chance = {
        mask(dropout, shape) {
          const mask = masks[mlstm.dropouts.indexOf(dropout)]!
          return tensor(mask, [...shape], 'float32')
        }
      }
      const program = await compileGradients(engine(), chance)
      const inputs = inputsOf(0)
      const read = async () => readAll(await program.run(inputs))
      const { loss, ...gradients } = await read()
      const { ids, targets } = golden.steps[0]!
      const expected = Array.from({ length: batch }, (_, lane) => {
        const row = (values: ArrayLike<number>, width: number) =>
          Array.from({ length: width }, (_, k) => values[lane * width + k]!)
        const changes = {
          embeddingMask: row(masks[0], embedding),
          recurrentMask: row(masks[1], units),
          outputMask: row(masks[2], units)
        }
        let state: ReferenceState = {
          h: Float64Array.from(row(golden.h, units)),
          c: Float64Array.from(row(golden.c, units))
        }
        let total = 0
        for (let t = 0; t < window; t++) {
          const id = ids[t * batch + lane]!
          if (id === toyEnd) state = zeroState(goldenModel)
          state = referenceStep(goldenModel, id, state, changes)
          total += referenceCrossEntropy(
            referenceLogits(goldenModel, state, changes),
            targets[t * batch + lane]!
          )
        }
        return total
      })
      const mean = expected.reduce((sum, part) => sum + part, 0) / (batch * window)
      expectClose(loss!, [mean], { rtol: 1e-5, atol: 0 }, 'loss')
      for (const name of parameterNames) {
        const gradient = gradients[name] as Float32Array
        const steepest = gradient.reduce(
          (best, g, k) => (Math.abs(g) > Math.abs(gradient[best]!) ? k : best),
          0
        )
        const parameter = inputs[`parameter.${name}`]!
        const value = parameter[steepest]!
        const lossAt = async (moved: number) => {
          parameter[steepest] = moved
          return (await read()).loss![0]!
        }
        const slope = ((await lossAt(value + 0.01)) - (await lossAt(value - 0.01))) / 0.02
        parameter[steepest] = value
        expectClose([slope], [gradient[steepest]!], { rtol: 1e-2, atol: 1e-4 }, `slope along ${name}`)
      }
      program.dispose()
    })

    test("three training steps are PyTorch's: clipped, not clipped, Adam's moments (rtol 1e-4)", async () => {
      const { maxNorm, steps } = golden
      expect(steps.map(step => step.norm > maxNorm)).toEqual([true, false, false])
      const settings = { maxNorm, weightDecay: 0, dropout: {} }
      const program = await compileNamed(engine(), trainStep(mlstm, config, settings, batchSpecs, batch))
      const none = zeros(mlstm.parameters(config))
      let carried: Record<string, Value> = {
        ...inputsOf(0),
        ...prefixed('first', none),
        ...prefixed('second', none)
      }
      let owned: readonly Handle[] = []
      for (const [k, step] of steps.entries()) {
        const { rate, correction } = adamScalars(k + 1, step.learningRate)
        const scalars = { rate: Float32Array.of(rate), correction: Float32Array.of(correction) }
        const outputs = await program.run({ ...carried, ...batchOf(k), ...scalars })
        release(owned)
        carried = outputs
        owned = Object.values(outputs)
        const values = await readValues(outputs)
        const { loss, norm } = values
        expectClose(loss!, [step.loss], { rtol: 1e-5, atol: 0 }, `loss of step ${k}`)
        expectClose(norm!, [step.norm], { rtol: 1e-4, atol: 0 }, `norm of step ${k}`)
        for (const name of parameterNames) {
          const expectGroup = (group: string, expected: readonly number[], atol: number, what: string) =>
            expectClose(
              values[`${group}.${name}`]!,
              expected,
              { rtol: 1e-4, atol },
              `${what} ${name} after step ${k}`
            )
          expectGroup('parameter', step.parameters[name], 1e-6, 'parameter')
          expectGroup('first', step.first[name], 1e-8, 'first moment of')
          expectGroup('second', step.second[name], 1e-12, 'second moment of')
        }
        expectClose(values['state.h']!, step.h, { rtol: 1e-4, atol: 1e-6 }, `h after step ${k}`)
        expectClose(values['state.c']!, step.c, { rtol: 1e-4, atol: 1e-6 }, `c after step ${k}`)
      }
      release(owned)
      program.dispose()
    })
  })
}
