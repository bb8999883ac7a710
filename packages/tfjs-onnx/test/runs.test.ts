import { add, greater, matMul, mul, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Engine, onnxEngine } from '../src/runtime/engine.js'
import { OrtProgram } from '../src/runtime/ort-program.js'
import type { Handle, Program } from '../src/runtime/program.js'
import { listProviders } from '../src/runtime/providers.js'
import type { TensorSpec } from '../src/types.js'

const vector: TensorSpec = { shape: [3], dtype: 'float32' }
const double = (x: Tensor) => [mul(x, 2)]

async function readAll(handles: readonly Handle[]): Promise<number[][]> {
  return Promise.all(handles.map(async handle => [...(await handle.read())]))
}

describe.each(['onnxruntime-node', 'onnxruntime-web'] as const)(
  'runs on %s',
  { timeout: 60_000 },
  runtime => {
    let [engine, other]: Engine[] = []
    beforeAll(async () => {
      ;[engine, other] = await Promise.all([onnxEngine({ runtime }), onnxEngine({ runtime })])
    }, 60_000)

    test('each give their own numbers, whatever was disposed before', async () => {
      const program = await engine!.compile(x => [mul(x!, 2), mul(x!, 20)], [vector])
      for (let k = 1; k <= 5; k++) {
        const handles = await program.run([Float32Array.of(k, 0, -k)])
        expect(await readAll(handles)).toEqual([
          [2 * k, 0, -2 * k],
          [20 * k, 0, -20 * k]
        ])
        for (const handle of handles) handle.dispose()
      }
      program.dispose()
    })

    test('take arrays at the call', async () => {
      const program = await engine!.compile(
        (x, n) => [mul(x!, 2), n!],
        [vector, { shape: [2], dtype: 'int32' }]
      )
      const [array, integers] = [Float32Array.of(1, 2, 3), Int32Array.of(4, 5)]
      const pending = program.run([array, integers])
      array.fill(9)
      integers.fill(9)
      expect(await readAll(await pending)).toEqual([
        [2, 4, 6],
        [4, 5]
      ])
      program.dispose()
    })

    test('read a handle that is disposed meanwhile, though an earlier run could write there', async () => {
      const program = await engine!.compile(double, [vector])
      const [first] = await program.run([Float32Array.of(1, 2, 3)])
      const pending = [Float32Array.of(7, 7, 7), first!, Float32Array.of(8, 8, 8)].map(input =>
        program.run([input])
      )
      first!.dispose()
      expect(await readAll((await Promise.all(pending)).flat())).toEqual([
        [14, 14, 14],
        [4, 8, 12],
        [16, 16, 16]
      ])
      await expect(program.run([first!])).rejects.toMatchObject({ code: 'DISPOSED' })
      program.dispose()
    })

    test('go on to the end when the program is disposed meanwhile', async () => {
      const program = await engine!.compile(double, [vector])
      const pending = [program.run([Float32Array.of(1, 2, 3)]), program.run([Float32Array.of(4, 5, 6)])]
      program.dispose()
      await expect(program.run([Float32Array.of(1, 2, 3)])).rejects.toMatchObject({ code: 'DISPOSED' })
      const results = (await Promise.all(pending)).flat()
      expect(await readAll(results)).toEqual([
        [2, 4, 6],
        [8, 10, 12]
      ])
      for (const result of results) result.dispose()
      expect(engine!.alive().programs).toBe(0)
    })

    test('at once, on one engine and on two, while others are compiled, give what they give alone', async () => {
      const square: TensorSpec = { shape: [24, 24], dtype: 'float32' }
      // The more inputs, the more turns of the event loop onnxruntime-web takes to prepare a run.
      const counts = [2, 30]
      const fn = (...xs: Tensor[]) => [
        ...xs.map(x => add(x, 1)),
        matMul(xs[0] as Tensor2D, xs[1] as Tensor2D)
      ]
      const compile = (each: Engine, count: number) =>
        each.compile(fn, new Array<TensorSpec>(count).fill(square))
      const all = [engine!, engine!, other!].flatMap(each => counts.map(count => ({ each, count })))
      const programs = await Promise.all(
        all.map(async ({ each, count }) => ({ count, program: await compile(each, count) }))
      )
      const run = async ({ count, program }: { count: number; program: Program }, phase: number) => {
        const arrays = Array.from({ length: count }, (_, k) =>
          Float32Array.from({ length: 576 }, (_, n) => Math.sin(n * (k + 1) + phase))
        )
        const handles = await program.run(arrays)
        const values = await readAll(handles)
        for (const handle of handles) handle.dispose()
        return values
      }
      const runs = programs.flatMap(program => [0, 1, 2].map(phase => [program, phase] as const))
      const alone: number[][][] = []
      for (const [program, phase] of runs) alone.push(await run(program, phase))
      const [together, more] = await Promise.all([
        Promise.all(runs.map(([program, phase]) => run(program, phase))),
        Promise.all([engine!, other!].map(each => compile(each, 2)))
      ])
      expect(together).toEqual(alone)
      for (const program of [...programs.map(({ program }) => program), ...more]) program.dispose()
    })

    test('give one tensor twice as two values', async () => {
      const program = await engine!.compile(
        x => {
          const y = mul(x!, 2)
          return [y, y]
        },
        [vector]
      )
      const [a, b] = await program.run([Float32Array.of(1, 2, 3)])
      a!.dispose()
      expect(await readAll([b!])).toEqual([[2, 4, 6]])
      program.dispose()
    })

    test('give booleans that are read as integers and taken as booleans', async () => {
      const program = await engine!.compile(x => [greater(x!, 2)], [vector])
      const [isGreater] = await program.run([Float32Array.of(1, 2, 3)])
      expect(await isGreater!.read()).toEqual(Int32Array.of(0, 0, 1))
      const same = await engine!.compile(x => [x!], [{ shape: [3], dtype: 'bool' }])
      expect(await readAll(await same.run([isGreater!]))).toEqual([[0, 0, 1]])
      program.dispose()
      same.dispose()
    })

    test('are counted: programs and handles that have not been disposed', async () => {
      const counted = await onnxEngine({ runtime })
      const programs = await Promise.all([1, 2].map(() => counted.compile(double, [vector])))
      const handles = [
        ...(await programs[0]!.run([new Float32Array(3)])),
        ...(await programs[1]!.run([new Float32Array(3)]))
      ]
      expect(counted.alive()).toEqual({ programs: 2, handles: 2 })
      handles[0]!.dispose()
      handles[0]!.dispose()
      programs[0]!.dispose()
      programs[0]!.dispose()
      expect(counted.alive()).toEqual({ programs: 1, handles: 1 })
      await expect(programs[1]!.run([new Float32Array(2)])).rejects.toMatchObject({ code: 'SHAPE' })
      handles[1]!.dispose()
      programs[1]!.dispose()
      expect(counted.alive()).toEqual({ programs: 0, handles: 0 })
    })

    test('keep the memory of two results at most, however many were disposed', async () => {
      const program = await engine!.compile(x => [mul(x!, 2), mul(x!, 3)], [vector])
      const runs = await Promise.all(Array.from({ length: 20 }, () => program.run([new Float32Array(3)])))
      for (const handle of runs.flat()) handle.dispose()
      expect(program).toBeInstanceOf(OrtProgram)
      expect((program as OrtProgram).pooled).toBe(runtime === 'onnxruntime-node' ? 4 : 0)
      program.dispose()
      expect((program as OrtProgram).pooled).toBe(0)
    })
  }
)

describe('execution providers', () => {
  test.each([
    ['onnxruntime-node', ['cpu']],
    ['onnxruntime-web', ['wasm']]
  ] as const)('of %s are chosen by name: %j', async (runtime, providers) => {
    const engine = await onnxEngine({ runtime, providers })
    const program = await engine.compile(double, [vector])
    expect(await readAll(await program.run([Float32Array.of(1, 2, 3)]))).toEqual([[2, 4, 6]])
    program.dispose()
  })

  test('are listed where the runtime tells what it was built for', async () => {
    const providers = await listProviders()
    expect(providers).toContainEqual({ name: 'cpu', bundled: true })
    expect(await listProviders('onnxruntime-web')).toBeUndefined()
  })

  test.each([
    ['onnxruntime-node', /\[gpu\].*\(execution providers that it knows: cpu, /],
    ['onnxruntime-web', /\[gpu\]/]
  ] as const)('that %s does not know are refused', async (runtime, message) => {
    const opened = onnxEngine({ runtime, providers: ['gpu'] })
    await expect(opened).rejects.toMatchObject({ code: 'RUNTIME', message: expect.stringMatching(message) })
  })
})
