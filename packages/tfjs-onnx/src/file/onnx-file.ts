import type { Attribute, Constant, Graph, Node, Value } from '../types.js'
import { attributeTypes, elementTypes, modelProto } from './onnx-schema.js'

/** Metadata of a file. */
export interface FileOptions {
  /** Free texts by name, kept in the file. */
  readonly metadata?: Readonly<Record<string, string>>
  /** Names for axes of inputs and outputs whose length is left open: `{ h: ['batch', undefined] }`. */
  readonly openAxes?: Readonly<Record<string, readonly (string | undefined)[]>>
}

/** The operator sets that graphs are written against. */
const operatorSets = [
  { domain: '', version: 15 },
  { domain: 'com.microsoft', version: 1 }
]

function attributeProto(name: string, value: Attribute): object {
  if (typeof value === 'number') return { name, type: attributeTypes.int, i: value }
  if (typeof value === 'string')
    return { name, type: attributeTypes.string, s: new TextEncoder().encode(value) }
  if ('float' in value) return { name, type: attributeTypes.float, f: value.float }
  return { name, type: attributeTypes.ints, ints: value }
}

function nodeProto({ op, domain, inputs, outputs, attributes }: Node): object {
  return {
    opType: op,
    name: outputs[0]!.name,
    input: inputs.map(({ name }) => name),
    output: outputs.map(({ name }) => name),
    attribute: Object.entries(attributes).map(([name, value]) => attributeProto(name, value)),
    ...(domain !== undefined && { domain })
  }
}

function valueProto({ name, shape, dtype }: Value, open: readonly (string | undefined)[] = []): object {
  const dim = shape.map((dimValue, k) => (open[k] === undefined ? { dimValue } : { dimParam: open[k] }))
  return { name, type: { tensorType: { elemType: elementTypes[dtype], shape: { dim } } } }
}

function constantProto({ name, shape, dtype, data }: Constant): object {
  const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return { name, dims: shape, dataType: elementTypes[dtype], rawData }
}

/** The constants that a graph uses. */
function constantsOf({ nodes }: Graph): Constant[] {
  const used = new Set(nodes.flatMap(({ inputs }) => inputs.filter(({ data }) => data !== undefined)))
  return [...used] as Constant[]
}

/** A graph as the bytes of an ONNX file. */
export function writeOnnx(graph: Graph, { metadata = {}, openAxes = {} }: FileOptions = {}): Uint8Array {
  const domains = new Set(graph.nodes.map(({ domain = '' }) => domain).concat(''))
  return modelProto
    .encode({
      irVersion: 8,
      producerName: 'tfjs-onnx',
      opsetImport: operatorSets.filter(({ domain }) => domains.has(domain)),
      metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      graph: {
        name: 'graph',
        node: graph.nodes.map(nodeProto),
        initializer: constantsOf(graph).map(constantProto),
        input: graph.inputs.map(input => valueProto(input, openAxes[input.name])),
        output: graph.outputs.map(output => valueProto(output, openAxes[output.name]))
      }
    })
    .finish()
}
