import { util } from '@tensorflow/tfjs-core'
import type { Recorder } from '../trace/recorder.js'
import { requireKnown, type Translation } from '../trace/translation.js'
import type { Value } from '../types.js'

/** Translations by kernel: constants, all of them. */
export const creation: Record<string, Translation> = {}

creation.Fill = ({ attributes: { shape, value, dtype = util.inferDtype(value) }, graph }) => {
  requireKnown('Fill', typeof value !== 'string', 'texts have no translation')
  return graph.filled(shape, Number(value), dtype)
}

for (const [kernel, value] of [
  ['ZerosLike', 0],
  ['OnesLike', 1]
] as const) {
  creation[kernel] = ({ inputs: { x }, graph }) => graph.filled(x!.shape, value, x!.dtype as 'float32')
}

/** Evenly spaced numbers. */
function progression(
  graph: Recorder,
  { start, step, count }: { readonly start: number; readonly step: number; readonly count: number },
  dtype: 'float32' | 'int32'
): Value {
  const numbers = Array.from({ length: count }, (_, k) => start + k * step)
  return graph.constant({ float32: Float32Array, int32: Int32Array }[dtype].from(numbers), [count], dtype)
}

creation.Range = ({ attributes: { start, stop, step: given, dtype = 'float32' }, graph }) => {
  const step = stop < start && given === 1 ? -1 : given // tfjs takes the default step for either direction
  const count = Math.max(0, Math.ceil((stop - start) / step))
  return progression(graph, { start, step, count }, dtype)
}

creation.LinSpace = ({ attributes: { start, stop, num }, graph }) =>
  progression(graph, { start, step: num === 1 ? 0 : (stop - start) / (num - 1), count: num }, 'float32')
