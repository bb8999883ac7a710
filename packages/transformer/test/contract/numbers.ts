import { mul, reshape, stack, type Tensor, unstack } from '@tensorflow/tfjs-core'
import {
  adamScalars,
  compileNamed,
  type Engine,
  floatSpecs,
  type Handle,
  lossAndGradients,
  noChance,
  prefixed,
  readValues,
  release,
  type Specs,
  trainStep,
  withPrefix,
  zeros
} from '@vgm/nn'
import { expectClose } from '@vgm/nn/contract'
import { describe, expect, test } from 'vitest'
import { transformer } from '../../src/index.js'
import { windowLoss } from '../../src/window.js'
import { golden, numbersOf } from '../models.js'

const { config, rows, window } = golden
const words = { shape: [window, rows], dtype: 'int32' } as const
const floats = { ...words, dtype: 'float32' } as const
const controls = { shape: [window, rows, config.controls.length], dtype: 'int32' } as const
const batchSpecs: Specs = {
  ids: words,
  targets: words,
  time: words,
  controls,
  carries: floats,
  weights: floats
}
const parameterSpecs = floatSpecs(transformer.parameters(config))
const specs = { ...prefixed('parameter', parameterSpecs), ...prefixed('batch', batchSpecs) }
const endOfPiece = 0

const batch = prefixed('batch', {
  ids: Int32Array.from(golden.ids),
  targets: Int32Array.from(golden.targets),
  time: Int32Array.from(golden.time),
  controls: Int32Array.from(golden.controls),
  carries: Float32Array.from(golden.ids, id => (id === endOfPiece ? 0 : 1)),
  weights: Float32Array.from(golden.weights)
})
const inputs = { ...prefixed('parameter', numbersOf('parameters')), ...batch }

async function readAll(handles: Readonly<Record<string, Handle>>) {
  const values = await readValues(handles)
  release(Object.values(handles))
  return values
}

/** The model's numbers against PyTorch: forward, loss, gradients and a step of AdamW. */
export function numberContract(engine: () => Engine): void {
  describe('numbers', () => {
    test("the logits, read word by word, are PyTorch's (rtol 1e-4, atol 1e-5)", async () => {
      const program = await compileNamed(engine(), {
        inputs: { ...specs, ...prefixed('state', floatSpecs(transformer.state(config), rows)) },
        outputs: ['logits'],
        compute(inputs) {
          const parameters = withPrefix('parameter', inputs)
          const { ids, time, controls, carries } = withPrefix('batch', inputs)
          const [times, classes, going] = [time!, controls!, carries!].map(tensor => unstack(tensor))
          let state = withPrefix('state', inputs)
          const logits = unstack(ids!).map((id, t) => {
            const begun = Object.entries(state).map(([name, value]) => {
              const goesOn = reshape(going![t]!, [rows, ...value.shape.slice(1).map(() => 1)])
              return [name, mul(value, goesOn)] as const
            })
            const told = { id, time: times![t]!, controls: classes![t]! }
            state = Object.fromEntries<Tensor>(begun)
            const step = transformer.step(parameters, told, state, config)
            state = { ...state, ...step.state }
            return step.logits()
          })
          return { logits: stack(logits) }
        }
      })
      const start = prefixed('state', zeros(transformer.state(config), rows))
      const { logits } = await readAll(await program.run({ ...inputs, ...start }))
      program.dispose()
      expectClose(logits!, golden.logits, { rtol: 1e-4, atol: 1e-5 }, 'logits')
    })

    test("the loss of all words alike is PyTorch's (rtol 1e-5)", async () => {
      const program = await compileNamed(engine(), {
        inputs: specs,
        outputs: ['loss'],
        compute(inputs) {
          const { weights: _, ...batch } = withPrefix('batch', inputs)
          const context = { config, chance: noChance }
          return { loss: windowLoss(withPrefix('parameter', inputs), batch, context) }
        }
      })
      const { loss } = await readAll(await program.run(inputs))
      program.dispose()
      expectClose(loss!, [golden.meanLoss], { rtol: 1e-5, atol: 0 }, 'loss')
    })

    test("the loss of weighted words and every gradient are PyTorch's (rtol 1e-4, atol 1e-6)", async () => {
      const program = await compileNamed(engine(), {
        inputs: specs,
        outputs: ['loss', ...Object.keys(parameterSpecs)],
        compute(inputs) {
          const parameters = withPrefix('parameter', inputs)
          const batch = withPrefix('batch', inputs)
          const { loss, gradients } = lossAndGradients(transformer, config, parameters, batch, {})
          return { loss, ...gradients }
        }
      })
      const { loss, ...gradients } = await readAll(await program.run(inputs))
      program.dispose()
      expectClose(loss!, [golden.loss], { rtol: 1e-5, atol: 0 }, 'loss')
      const expected = numbersOf('gradients')
      expect(Object.keys(gradients).sort()).toEqual(Object.keys(expected).sort())
      for (const [name, values] of Object.entries(expected)) {
        expectClose(gradients[name]!, values, { rtol: 1e-4, atol: 1e-6 }, `gradient of ${name}`)
      }
    })

    test("a training step is PyTorch's AdamW, clipped (rtol 1e-4, atol 1e-6)", async () => {
      const { maxNorm, weightDecay, learningRate } = golden
      const settings = { maxNorm, weightDecay, dropout: {} }
      const program = await compileNamed(engine(), trainStep(transformer, config, settings, batchSpecs, rows))
      const none = zeros(transformer.parameters(config))
      const { rate, correction } = adamScalars(1, learningRate)
      const scalars = { rate: Float32Array.of(rate), correction: Float32Array.of(correction) }
      const moments = { ...prefixed('first', none), ...prefixed('second', none) }
      const values = await readAll(await program.run({ ...inputs, ...moments, ...scalars }))
      program.dispose()
      expectClose(values.norm!, [golden.norm], { rtol: 1e-4, atol: 0 }, 'norm')
      for (const [name, expected] of Object.entries(numbersOf('after'))) {
        expectClose(
          values[`parameter.${name}`]!,
          expected,
          { rtol: 1e-4, atol: 1e-6 },
          `${name} after a step`
        )
      }
    })
  })
}
