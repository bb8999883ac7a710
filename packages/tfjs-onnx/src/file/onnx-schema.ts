import protobuf from 'protobufjs/light.js'
import type { ElementType } from '../types.js'

/** ONNX's numbers of element types. */
export const elementTypes: Readonly<Record<ElementType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9
}

/** ONNX's numbers of attribute types. */
export const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 } as const

type FieldSpec = readonly [id: number, type: string, rule?: 'repeated' | 'optional']

function message(name: string, fields: Readonly<Record<string, FieldSpec>>): protobuf.Type {
  const type = new protobuf.Type(name)
  for (const [field, [id, kind, rule]] of Object.entries(fields)) {
    type.add(new protobuf.Field(field, id, kind, rule))
  }
  return type
}

/** The messages of the ONNX file format that we write, with the field numbers of onnx.proto3. */
const messages = [
  message('AttributeProto', {
    name: [1, 'string'],
    f: [2, 'float', 'optional'],
    i: [3, 'int64', 'optional'],
    s: [4, 'bytes', 'optional'],
    ints: [8, 'int64', 'repeated'],
    type: [20, 'int32']
  }),
  message('NodeProto', {
    input: [1, 'string', 'repeated'],
    output: [2, 'string', 'repeated'],
    name: [3, 'string'],
    opType: [4, 'string'],
    attribute: [5, 'AttributeProto', 'repeated'],
    domain: [7, 'string']
  }),
  message('TensorProto', {
    dims: [1, 'int64', 'repeated'],
    dataType: [2, 'int32'],
    name: [8, 'string'],
    rawData: [9, 'bytes']
  }),
  message('Dimension', { dimValue: [1, 'int64', 'optional'], dimParam: [2, 'string', 'optional'] }),
  message('TensorShapeProto', { dim: [1, 'Dimension', 'repeated'] }),
  message('TensorTypeProto', { elemType: [1, 'int32'], shape: [2, 'TensorShapeProto'] }),
  message('TypeProto', { tensorType: [1, 'TensorTypeProto'] }),
  message('ValueInfoProto', { name: [1, 'string'], type: [2, 'TypeProto'] }),
  message('GraphProto', {
    node: [1, 'NodeProto', 'repeated'],
    name: [2, 'string'],
    initializer: [5, 'TensorProto', 'repeated'],
    input: [11, 'ValueInfoProto', 'repeated'],
    output: [12, 'ValueInfoProto', 'repeated']
  }),
  message('OperatorSetIdProto', { domain: [1, 'string'], version: [2, 'int64'] }),
  message('StringStringEntryProto', { key: [1, 'string'], value: [2, 'string'] }),
  message('ModelProto', {
    irVersion: [1, 'int64'],
    producerName: [2, 'string'],
    graph: [7, 'GraphProto'],
    opsetImport: [8, 'OperatorSetIdProto', 'repeated'],
    metadataProps: [14, 'StringStringEntryProto', 'repeated']
  })
]

const root = new protobuf.Root().define('onnx')
for (const type of messages) root.add(type)

/** The file's outermost message. */
export const modelProto: protobuf.Type = root.lookupType('ModelProto')
