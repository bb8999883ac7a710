import { expect } from 'vitest'
import { type PassName, passes } from '../src/passes/index.js'
import { type Engine, onnxEngine } from '../src/runtime/engine.js'
import type { HostArray } from '../src/runtime/program.js'
import { sizeOf } from '../src/shapes.js'
import { trace } from '../src/trace/trace.js'
import type { Graph, TensorFunction, TensorSpec } from '../src/types.js'

/** Reals of a shape. */
export const real = (...shape: number[]): TensorSpec => ({ shape, dtype: 'float32' })

/** The graph of a function after the given passes, one after another. */
function after(names: readonly PassName[], fn: TensorFunction, specs: readonly TensorSpec[]): Graph {
  return names.reduce((graph, name) => passes[name](graph), trace(fn, specs))
}

/** How often each operator occurs, without the `Identity` of each output. */
export function operators({ nodes }: Graph): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { op } of nodes) if (op !== 'Identity') counts[op] = (counts[op] ?? 0) + 1
  return counts
}

/** Numbers for each spec, always the same: reals in [-1, 1), integers in [0, 4). */
export function someInputs(specs: readonly TensorSpec[]): HostArray[] {
  let state = 1
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return state / 0x80000000
  }
  return specs.map(({ shape, dtype }) => {
    if (dtype === 'float32') return Float32Array.from({ length: sizeOf(shape) }, () => random() * 2 - 1)
    const count = dtype === 'int32' ? 4 : 2
    const numbers = Array.from({ length: sizeOf(shape) }, () => Math.floor(random() * count))
    return dtype === 'int32' ? Int32Array.from(numbers) : Uint8Array.from(numbers)
  })
}

const engines = new Map<string, Promise<Engine>>()

/** What a function's graph computes when the given passes have run. */
export async function results(
  names: readonly PassName[],
  fn: TensorFunction,
  specs: readonly TensorSpec[]
): Promise<{ shape: readonly number[]; data: number[] }[]> {
  const key = names.join()
  if (!engines.has(key)) engines.set(key, onnxEngine({ passes: names, threads: 1 }))
  const program = await (await engines.get(key)!).compile(fn, specs)
  const handles = await program.run(someInputs(specs))
  const values = await Promise.all(
    handles.map(async handle => ({ shape: [...handle.shape], data: [...(await handle.read())] }))
  )
  program.dispose()
  return values
}

/** Fails unless two lists of numbers are equal, up to `rtol` and `atol`. */
export function expectClose(
  received: readonly number[],
  expected: readonly number[],
  { rtol = 1e-5, atol = 1e-6 } = {}
): void {
  expect(received.length).toBe(expected.length)
  const isClose = (a: number, b: number) => Object.is(a, b) || Math.abs(a - b) <= atol + rtol * Math.abs(b)
  if (!received.every((a, k) => isClose(a, expected[k]!))) expect(received).toEqual(expected)
}

/**
 * Checks that passes change neither what a function's graph computes nor its inputs and outputs, and gives the graph.
 */
export async function checked(
  names: readonly PassName[],
  fn: TensorFunction,
  specs: readonly TensorSpec[]
): Promise<Graph> {
  const graph = after(names, fn, specs)
  const before = trace(fn, specs)
  expect(graph.inputs).toEqual(before.inputs)
  expect(graph.outputs).toEqual(before.outputs)
  const plain = await results([], fn, specs)
  for (const [k, { shape, data }] of (await results(names, fn, specs)).entries()) {
    expect(shape, `shape of output ${k}`).toEqual(plain[k]!.shape)
    expectClose(data, plain[k]!.data)
  }
  return graph
}
