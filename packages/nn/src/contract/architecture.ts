import { memory, type Tensor } from '@tensorflow/tfjs-core'
import { createRandom } from '@vgm/base'
import { describe, expect, test } from 'vitest'
import type { SequenceArchitecture, SequenceConfig } from '../architecture.js'
import type { Engine } from '../engines/types.js'
import { stepFunction } from '../export/step-function.js'
import { openModel } from '../open.js'
import { evaluate, pieceValidation, readStates } from '../reading/evaluate.js'
import { type GenerateOptions, generate, stream } from '../sampling/generate.js'
import type { SideInputs } from '../sampling/inputs.js'
import { readCheckpoint, writeCheckpoint } from '../storage/checkpoint.js'
import { loadModel, type Model, modelFiles } from '../storage/model.js'
import { toldPiece } from '../training/batches/data.js'
import type { BatchSource } from '../training/batches/source.js'
import { type TrainEvent, type TrainOptions, train } from '../training/train.js'
import { parametersOf } from '../training/trainer.js'
import type { Weights } from '../weights.js'
import { expectClose } from './close.js'

/** An architecture under test, with small sizes. */
export interface ArchitectureSubject<Config extends SequenceConfig> {
  readonly architecture: SequenceArchitecture<Config>
  /** With a vocabulary of at least 5 words. */
  readonly config: Config
  /** Batches of pieces whose words are the ids from 1; `0` ends a piece. */
  batches(pieces: readonly (readonly number[])[], batch: number): BatchSource
  /** What the model is told beside each word; nothing by default. */
  readonly inputs?: SideInputs
}

const endOfPiece = 0

/** The ids of a piece as training and evaluation take them: with what the model is told beside each. */
export function toldIds(ids: readonly number[], inputs: SideInputs | undefined) {
  if (inputs === undefined) return ids
  let state = inputs.initial()
  const told: Record<string, number[]> = {}
  for (const id of ids) {
    for (const [name, value] of Object.entries(inputs.values(state))) {
      told[name] = [...(told[name] ?? []), ...(typeof value === 'number' ? [value] : Array.from(value))]
    }
    state = inputs.next(state, id)
  }
  const arrays = Object.entries(told).map(([name, values]) => [name, Int32Array.from(values)] as const)
  return { ids, inputs: Object.fromEntries(arrays) }
}

/** Pieces that go round and round, some of them by chance. */
function pieces(): number[][] {
  const random = createRandom(7)
  return Array.from({ length: 6 }, (_, k) => [
    ...Array.from({ length: 20 + 3 * k }, (_, t) => 1 + ((t + random.below(2)) % 4)),
    endOfPiece
  ])
}

async function collect(events: AsyncIterable<TrainEvent>): Promise<TrainEvent[]> {
  const all: TrainEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

const lossesOf = (events: readonly TrainEvent[]) =>
  events.flatMap(event => (event.type === 'step' ? [event.loss] : []))
const checkpointsOf = (events: readonly TrainEvent[]) =>
  events.flatMap(event => (event.type === 'checkpoint' ? [event.checkpoint] : []))

/** What `@vgm/nn` promises of every architecture, on one engine. */
export function architectureContract<Config extends SequenceConfig>(
  { architecture, config, batches, inputs }: ArchitectureSubject<Config>,
  engine: () => Engine
): void {
  const modelOf = (weights: Weights): Model<Config> => ({
    architecture,
    config,
    weights,
    vocabulary: { name: 'letters', hash: 'sha256:0123456789abcdef' },
    provenance: {},
    metrics: {},
    license: 'CC0-1.0'
  })
  const fresh = (seed = 1) => modelOf(architecture.initial(config, createRandom(seed).fork('weights')))
  const plan = { endOfPiece, seed: 3, ...(inputs && { inputs: () => inputs }) }
  const compose = async (model: Model<Config>, options: Partial<GenerateOptions<unknown>>) => {
    const opened = await openModel(model, { engine: engine() })
    try {
      return (await generate(opened, { ...plan, ...options })).map(piece => [...piece])
    } finally {
      opened.dispose()
    }
  }

  describe(`architecture ${architecture.format}`, () => {
    const settings = { epochs: 3, learningRate: 0.02, warmUpSteps: 2 }
    const dropout = Object.fromEntries(architecture.dropouts.map(name => [name, 0.2]))
    const start = (options: Partial<TrainOptions> = {}, batch = 2) =>
      train(architecture, config, batches(pieces(), batch), { engine: engine(), ...settings, ...options })

    test('learns, and measures itself as evaluate does', async () => {
      const told = pieces().map(piece => toldIds(piece, inputs))
      const validation = pieceValidation(architecture, config, told, endOfPiece)
      const events = await collect(start({ validation, epochs: 8 }))
      const losses = lossesOf(events)
      expect(losses.at(-1)!).toBeLessThan(0.9 * losses[0]!)
      const last = events.findLast(event => event.type === 'validation' && event.improved !== undefined)
      if (last?.type !== 'validation') throw new Error('no validation')
      const opened = await openModel(modelOf(last.improved!), { engine: engine() })
      const { crossEntropy } = await evaluate(opened, told, { endOfPiece })
      opened.dispose()
      expectClose([last.crossEntropy], [crossEntropy], { rtol: 1e-5, atol: 0 }, 'validation')
    })

    test('has the loss in training that it has read word by word (rtol 1e-4)', async () => {
      const piece = [...pieces()[0]!.slice(0, 15), endOfPiece]
      const source = batches([piece], 1)
      const batch = (await source.shard(0, createRandom(0))).at(0)
      const [event] = await collect(
        train(architecture, config, source, { engine: engine(), epochs: 1, learningRate: 1e-30, seed: 1 })
      )
      const opened = await openModel(fresh(), { engine: engine() })
      const read = toldIds(piece.slice(0, batch.words), inputs)
      const { crossEntropy } = await evaluate(opened, [read], { endOfPiece })
      opened.dispose()
      expectClose([lossesOf([event!])[0]!], [crossEntropy], { rtol: 1e-4, atol: 0 }, 'loss')
    })

    test('resumes from any checkpoint through a file, bit for bit, whatever is left out', async () => {
      const options = { dropout, checkpointSteps: 1, seed: 5 }
      const whole = await collect(start(options))
      const checkpoints = checkpointsOf(whole)
      expect(lossesOf(await collect(start({ ...options, dropout: {} })))).not.toEqual(lossesOf(whole))
      for (const checkpoint of [checkpoints[0]!, checkpoints.at(-2)!]) {
        const resume = readCheckpoint(architecture, writeCheckpoint(architecture, checkpoint), 'checkpoint')
        const rest = await collect(start({ resume, checkpointSteps: 1 }))
        expect(lossesOf(rest)).toEqual(lossesOf(whole).slice(checkpoint.position.step))
        expect(checkpointsOf(rest).at(-1)).toEqual(checkpoints.at(-1))
      }
    })

    test('goes through its files to a model that composes the same pieces', async () => {
      const model = modelOf(parametersOf(checkpointsOf(await collect(start())).at(-1)!.arrays))
      const files = modelFiles(model, 'F32')
      const read = await loadModel(
        { read: async name => files[name]! },
        { architectures: [architecture], vocabulary: model.vocabulary }
      )
      expect(read.config).toEqual(config)
      expect(await compose(read as Model<Config>, { words: 12 })).toEqual(await compose(model, { words: 12 }))
    })

    test('composes piece i alone as among others, and streams it word by word', async () => {
      const model = fresh()
      const series = await compose(model, { count: 6, maxWords: 30 })
      expect(new Set(series.map(piece => piece.join())).size).toBeGreaterThan(1)
      for (const first of [0, 4])
        expect(await compose(model, { first, maxWords: 30 })).toEqual([series[first]])
      const opened = await openModel(model, { engine: engine() })
      const ids: number[] = []
      for await (const id of stream(opened, { ...plan, first: 2, maxWords: 30 })) ids.push(id)
      opened.dispose()
      expect(ids).toEqual(series[2])
    })

    test('goes on after a prime as after words of its own', async () => {
      const model = fresh(2)
      const [whole] = await compose(model, { temperature: 0, words: 24 })
      for (const length of [1, 9]) {
        const rest = await compose(model, {
          temperature: 0,
          prime: whole!.slice(0, length),
          words: 24 - length
        })
        expect(rest).toEqual([whole!.slice(length)])
      }
    })

    test('is exported as a function that composes the same words', async () => {
      const model = fresh(2)
      const [expected] = await compose(model, { temperature: 0, words: 12 })
      const step = stepFunction(model, 1)
      const program = await engine().compile((...tensors: Tensor[]) => step.fn(...tensors), step.specs, {
        constants: step.constants
      })
      const told = Object.keys(architecture.inputs(config))
      const stateNames = step.inputs.slice(1 + told.length)
      const shapes = architecture.state(config)
      let state: Float32Array[] = stateNames.map(
        name => new Float32Array(shapes[name]!.reduce((a, b) => a * b, 1))
      )
      let side = inputs?.initial()
      let id = endOfPiece
      const composed: number[] = []
      while (composed.length < 12) {
        const values = inputs?.values(side) ?? {}
        const beside = told.map(name =>
          Int32Array.from(
            [values[name]!].flatMap(value => (typeof value === 'number' ? [value] : Array.from(value)))
          )
        )
        const handles = await program.run([Int32Array.of(id), ...beside, ...state])
        const [logits, ...next] = (await Promise.all(handles.map(handle => handle.read()))) as Float32Array[]
        for (const handle of handles) handle.dispose()
        state = next
        // A piece of so many words does not end before.
        id = logits!.reduce((best, value, k) => (k !== endOfPiece && value > logits![best]! ? k : best), 1)
        side = inputs?.next(side, id)
        composed.push(id)
      }
      program.dispose()
      expect(composed).toEqual(expected)
    })

    test('gives several callers at once what it gives each alone, and keeps its programs', async () => {
      const opened = await openModel(fresh(), { engine: engine() })
      const told = toldPiece(toldIds(pieces()[1]!, inputs))
      const states = (summary: 'last' | 'mean') =>
        readStates(opened, [told.ids], { summary, inputs: [told.inputs] })
      const works = [
        () => generate(opened, { ...plan, count: 2, words: 10 }),
        () => generate(opened, { ...plan, seed: 9, count: 2, words: 10, prime: [1, 2] }),
        () =>
          evaluate(
            opened,
            pieces().map(piece => toldIds(piece, inputs)),
            { endOfPiece }
          ),
        () => states('last'),
        () => states('mean')
      ]
      const alone: unknown[] = []
      for (const work of works) alone.push(await work())
      expect(await Promise.all(works.map(work => work()))).toEqual(alone)
      opened.dispose()
      await expect(works[0]!()).rejects.toThrow('this model has been disposed')
    })

    test('leaves nothing behind', async () => {
      const work = async () => {
        await collect(start({ epochs: 1, dropout }))
        const opened = await openModel(fresh(), { engine: engine() })
        await generate(opened, { ...plan, count: 2, words: 5, prime: [1] })
        await evaluate(opened, [toldIds([1, 2, endOfPiece], inputs)], { endOfPiece })
        opened.dispose()
      }
      await work() // what an engine keeps for good, it has now
      const alive = () => ({ tensors: memory().numTensors, ...engine().alive?.() })
      const before = alive()
      await work()
      expect(alive()).toEqual(before)
    })
  })
}
