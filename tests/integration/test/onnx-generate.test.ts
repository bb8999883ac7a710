import { fileURLToPath } from 'node:url'
import { type GrammarState, grammar, vocabulary } from '@vgm/encoding'
import { type MlstmModel, mlstm, type Steering, steeringInputs } from '@vgm/mlstm'
import { type Engine, evaluate, type GenerateOptions, generate, loadModel, openModel } from '@vgm/nn'
import { folder, nodeEngine } from '@vgm/nn/node'
import { modelUrl } from '@vgm/pretrained'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { beforeAll, describe, expect, test } from 'vitest'

const endOfPiece = vocabulary.idOf('\n')

describe('the shipped model on ONNX Runtime', { timeout: 120_000 }, () => {
  let model: MlstmModel
  let [native, rounded, wasm]: Engine[] = []
  beforeAll(async () => {
    model = await loadModel(folder(fileURLToPath(modelUrl)), { architectures: [mlstm], vocabulary })
    ;[native, rounded, wasm] = await Promise.all([
      onnxEngine(),
      onnxEngine({ precision: 'int8' }),
      nodeEngine('wasm')
    ])
  }, 60_000)

  const compose = async (engine: Engine, options: Partial<GenerateOptions<GrammarState>>) => {
    using opened = await openModel(model, { engine })
    return generate(opened, { seed: 5, words: 64, endOfPiece, grammar, ...options })
  }

  test('composes the words that tfjs composes with the same seed, in blocks and side by side', async () => {
    const eager = await compose(wasm!, { count: 8 })
    expect(await compose(native!, { count: 8 })).toEqual(eager) // a word a run
    expect(await compose(native!, { count: 2 })).toEqual(eager.slice(0, 2)) // sixteen
  })

  test.each([['f32'], ['int8']] as const)('in %s composes piece i alone as among others', async precision => {
    const engine = precision === 'f32' ? native! : rounded!
    const series = await compose(engine, { count: 6 }) // a word a run
    for (const first of [0, 5]) {
      expect(await compose(engine, { first }), `piece ${first} alone`).toEqual([series[first]]) // sixteen
    }
    expect(await compose(engine, { first: 1, count: 4 })).toEqual(series.slice(1, 5)) // sixteen, in rows
    expect(await compose(engine, { first: 1, count: 5 })).toEqual(series.slice(1))
  })

  test('is steered as on tfjs', async () => {
    const steering: Steering = {
      neurons: Int32Array.of(3, 200),
      offsets: Float32Array.of(1, -1),
      mode: 'add'
    }
    const options = {
      count: 1,
      held: steeringInputs(steering, model.config),
      topK: 20,
      topP: 0.98,
      temperature: 0.9
    }
    expect(await compose(native!, options)).toEqual(await compose(wasm!, options))
  })

  test('with weights in 8 bits a piece is what it is among any others, in blocks and side by side', async () => {
    const eight = await compose(rounded!, { count: 8 })
    expect(await compose(rounded!, { count: 2 })).toEqual(eight.slice(0, 2))
    expect(await compose(rounded!, { count: 1 })).toEqual(eight.slice(0, 1))
  })

  test('with weights in 8 bits it predicts within half a percent as well', async () => {
    const pieces = await compose(native!, { count: 16, words: 200 })
    const measured = async (engine: Engine) => {
      using opened = await openModel(model, { engine })
      return evaluate(opened, pieces, { endOfPiece })
    }
    const [exact, near] = [await measured(native!), await measured(rounded!)]
    expect(near.crossEntropy).not.toBe(exact.crossEntropy)
    expect(Math.abs(near.crossEntropy / exact.crossEntropy - 1)).toBeLessThan(0.005)
  })
})
