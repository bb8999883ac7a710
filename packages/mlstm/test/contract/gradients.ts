import { stack, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { adamScalars } from '../../src/adam.js'
import { maskSpecs, namedMasks } from '../../src/dropout.js'
import type { Engine, Handle, TensorSpec, Value } from '../../src/index.js'
import { network, timeSteps } from '../../src/network.js'
import { parameterNames, parameterSpecs } from '../../src/parameters.js'
import { release } from '../../src/release.js'
import { lossAndGradients, trainStep, trainStepSpecs } from '../../src/train-step.js'
import type { HostArray } from '../../src/types.js'
import { resetAtEnds, windowLoss } from '../../src/window-loss.js'
import { expectClose } from '../close.js'
import { golden, goldenModel, inOrder } from '../models.js'
import {
  type ReferenceState,
  referenceCrossEntropy,
  referenceLogits,
  referenceStep,
  zeroState
} from '../reference.js'
import { toyEnd } from '../toy.js'

const count = parameterNames.length
const { config, lanes, window } = golden
const state: TensorSpec = { shape: [lanes, config.units], dtype: 'float32' }
const words: TensorSpec = { shape: [window, lanes], dtype: 'int32' }
const windowSpecs = [...parameterSpecs(config), state, state, words, words]

/** The parameters and the state before step `k` of the golden file, and its words. */
function inputsOf(k: number): HostArray[] {
  const before = k === 0 ? golden : golden.steps[k - 1]!
  const { ids, targets } = golden.steps[k]!
  const start = [Float32Array.from(before.h), Float32Array.from(before.c)]
  return [...inOrder(before.parameters), ...start, Int32Array.from(ids), Int32Array.from(targets)]
}

async function readAll(handles: readonly Handle[]): Promise<HostArray[]> {
  const values = await Promise.all(handles.map(handle => handle.read()))
  release(handles)
  return values
}

/** The model's numbers: forward, loss, gradients and Adam, against PyTorch and against finite differences. */
export function gradientContract(engine: () => Engine): void {
  describe('numbers', () => {
    test("logits and states are PyTorch's (rtol 1e-4, atol 1e-6)", async () => {
      const program = await engine().compile(
        (...inputs) => {
          const model = network(inputs.slice(0, count))
          let [h, c] = inputs.slice(count) as [Tensor2D, Tensor2D]
          const logits = timeSteps<Tensor1D>(inputs[count + 2]!).map(ids => {
            ;({ h, c } = model.step(ids, resetAtEnds({ h, c }, ids, toyEnd)))
            return model.logits(h)
          })
          return [stack(logits), h, c]
        },
        windowSpecs.slice(0, -1)
      )
      for (const [k, step] of golden.steps.entries()) {
        const [logits, h, c] = await readAll(await program.run(inputsOf(k).slice(0, -1)))
        const tolerance = { rtol: 1e-4, atol: 1e-6 }
        expectClose(logits!, step.logits, tolerance, `logits of step ${k}`)
        expectClose(h!, step.h, tolerance, `h after step ${k}`)
        expectClose(c!, step.c, tolerance, `c after step ${k}`)
      }
      program.dispose()
    })

    test("the loss and every gradient are PyTorch's (rtol 1e-4, atol 1e-7)", async () => {
      const program = await engine().compile((...inputs) => {
        const [h, c, ids, targets] = inputs.slice(count) as [Tensor2D, Tensor2D, Tensor, Tensor]
        const { loss, gradients, state } = lossAndGradients(
          inputs.slice(0, count),
          ids,
          targets,
          { h, c },
          toyEnd
        )
        return [loss, ...gradients, state.h, state.c]
      }, windowSpecs)
      for (const [k, step] of golden.steps.entries()) {
        const [loss, ...rest] = await readAll(await program.run(inputsOf(k)))
        expectClose(loss!, [step.loss], { rtol: 1e-5, atol: 0 }, `loss of step ${k}`)
        for (const [index, name] of parameterNames.entries()) {
          const tolerance = { rtol: 1e-4, atol: 1e-7 }
          expectClose(rest[index]!, step.gradients[name], tolerance, `gradient of ${name} in step ${k}`)
        }
        expectClose(rest[count]!, step.h, { rtol: 1e-4, atol: 1e-6 }, `h after step ${k}`)
        expectClose(rest[count + 1]!, step.c, { rtol: 1e-4, atol: 1e-6 }, `c after step ${k}`)
      }
      program.dispose()
    })

    test('the gradient is what the loss does when a parameter moves (±0.01: rtol 1%, atol 1e-4)', async () => {
      const program = await engine().compile((...inputs) => {
        const [h, c, ids, targets] = inputs.slice(count) as [Tensor2D, Tensor2D, Tensor, Tensor]
        return [windowLoss(inputs.slice(0, count), ids, targets, { h, c }, toyEnd).loss]
      }, windowSpecs)
      const inputs = inputsOf(0)
      const { gradients } = golden.steps[0]!
      const shift = 0.01 // float32 losses of 2.4 are good to 3e-7, so the quotient is to 3e-5
      const lossAt = async () => (await readAll(await program.run(inputs)))[0]![0]!
      for (const [index, name] of parameterNames.entries()) {
        const gradient = gradients[name]
        const steepest = gradient.reduce(
          (best, g, k) => (Math.abs(g) > Math.abs(gradient[best]!) ? k : best),
          0
        )
        expect(Math.abs(gradient[steepest]!), `${name} has a slope to measure`).toBeGreaterThan(3e-3)
        const entries = [steepest, 0, gradient.length >> 1, gradient.length - 1]
        const parameter = inputs[index]!
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
        Float32Array.from({ length: lanes * width }, (_, k) => ((k * 7 + seed) % 3 === 0 ? 0 : 1.5))
      const masks = [mask(embedding, 0), mask(units, 1), mask(units, 2)] as const
      const rates = { embeddingDropout: 0.3, recurrentDropout: 0.3, outputDropout: 0.3 }
      const program = await engine().compile(
        (...inputs) => {
          const [h, c, ids, targets, ...given] = inputs.slice(count) as [
            Tensor2D,
            Tensor2D,
            Tensor,
            Tensor,
            ...Tensor[]
          ]
          const named = namedMasks(rates, given)
          const parameters = inputs.slice(0, count)
          const { loss, gradients } = lossAndGradients(parameters, ids, targets, { h, c }, toyEnd, named)
          return [loss, ...gradients]
        },
        [...windowSpecs, ...maskSpecs(rates, config, lanes)]
      )
      const inputs = [...inputsOf(0), ...masks]
      const read = async () => readAll(await program.run(inputs))
      const [loss, ...gradients] = await read()
      const { ids, targets } = golden.steps[0]!
      const expected = Array.from({ length: lanes }, (_, lane) => {
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
          const id = ids[t * lanes + lane]!
          if (id === toyEnd) state = zeroState(goldenModel)
          state = referenceStep(goldenModel, id, state, changes)
          total += referenceCrossEntropy(
            referenceLogits(goldenModel, state, changes),
            targets[t * lanes + lane]!
          )
        }
        return total
      })
      const mean = expected.reduce((sum, part) => sum + part, 0) / (lanes * window)
      expectClose(loss!, [mean], { rtol: 1e-5, atol: 0 }, 'loss')
      for (const [index, name] of parameterNames.entries()) {
        const gradient = gradients[index] as Float32Array
        const steepest = gradient.reduce(
          (best, g, k) => (Math.abs(g) > Math.abs(gradient[best]!) ? k : best),
          0
        )
        const parameter = inputs[index]!
        const value = parameter[steepest]!
        const lossAt = async (moved: number) => {
          parameter[steepest] = moved
          return (await read())[0]![0]!
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
      const program = await engine().compile(
        trainStep({ maxNorm, endOfPiece: toyEnd }),
        trainStepSpecs(config, { lanes, window })
      )
      const zeros = inOrder(golden.parameters).map(values => new Float32Array(values.length))
      let carried: readonly Value[] = [...inputsOf(0).slice(0, count), ...zeros, ...zeros]
      carried = [...carried, ...inputsOf(0).slice(count, count + 2)]
      let owned: readonly Handle[] = []
      for (const [k, step] of steps.entries()) {
        const { rate, correction } = adamScalars(k + 1, step.learningRate)
        const batch = [Int32Array.from(step.ids), Int32Array.from(step.targets)]
        const scalars = [Float32Array.of(rate), Float32Array.of(correction)]
        const outputs = await program.run([...carried, ...batch, ...scalars])
        release(owned)
        carried = owned = outputs.slice(2)
        const [loss, norm] = await readAll(outputs.slice(0, 2))
        expectClose(loss!, [step.loss], { rtol: 1e-5, atol: 0 }, `loss of step ${k}`)
        expectClose(norm!, [step.norm], { rtol: 1e-4, atol: 0 }, `norm of step ${k}`)
        const values = await Promise.all(owned.map(handle => handle.read()))
        for (const [index, name] of parameterNames.entries()) {
          const expectGroup = (group: number, expected: readonly number[], atol: number, what: string) =>
            expectClose(
              values[group * count + index]!,
              expected,
              { rtol: 1e-4, atol },
              `${what} ${name} after step ${k}`
            )
          expectGroup(0, step.parameters[name], 1e-6, 'parameter')
          expectGroup(1, step.first[name], 1e-8, 'first moment of')
          expectGroup(2, step.second[name], 1e-12, 'second moment of')
        }
        expectClose(values.at(-2)!, step.h, { rtol: 1e-4, atol: 1e-6 }, `h after step ${k}`)
        expectClose(values.at(-1)!, step.c, { rtol: 1e-4, atol: 1e-6 }, `c after step ${k}`)
      }
      release(owned)
      program.dispose()
    })
  })
}
