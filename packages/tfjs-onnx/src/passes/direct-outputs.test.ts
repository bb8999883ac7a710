import { add, tanh } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { trace } from '../trace/trace.js'
import { writeOutputsDirectly } from './direct-outputs.js'

const spec = { shape: [2], dtype: 'float32' } as const
const shape = (graph: ReturnType<typeof trace>) =>
  writeOutputsDirectly(graph).nodes.map(({ op, outputs }) => `${outputs.map(({ name }) => name)} = ${op}`)

test('nodes write outputs, also where the value is used further on', () => {
  const graph = trace(
    a => {
      const sum = add(a!, a!)
      return [sum, tanh(sum)]
    },
    [spec]
  )
  const direct = writeOutputsDirectly(graph)
  expect(shape(graph)).toEqual(['out0 = Add', 'out1 = Tanh'])
  expect(direct.outputs).toEqual(graph.outputs)
  expect(direct.nodes[1]!.inputs[0]).toBe(direct.outputs[0])
})

test('an output that is an input, or given twice, keeps its copy', () => {
  const graph = trace(
    a => {
      const sum = add(a!, a!)
      return [a!, sum, sum]
    },
    [spec]
  )
  expect(shape(graph)).toEqual(['out1 = Add', 'out0 = Identity', 'out2 = Identity'])
})
