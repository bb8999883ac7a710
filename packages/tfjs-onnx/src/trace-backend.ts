import {
  type BackendValues,
  type DataId,
  type DataType,
  engine,
  KernelBackend,
  type Tensor,
  type TensorInfo
} from '@tensorflow/tfjs-core'
import { CannotTranslateError, ValueAskedError } from './errors.js'
import type { Recorder } from './recorder.js'
import { describeShape } from './shapes.js'
import type { TraceHost } from './translation.js'
import type { ConstantData, ElementType, Value } from './types.js'

/** A tensor's numbers that tfjs has handed over: a constant, once it is used. */
interface Written {
  readonly values: BackendValues
}

function toElementType(dtype: DataType): 'float32' | 'int32' | 'bool' {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype
  throw new CannotTranslateError('constant', `tensors of type ${dtype} have no translation`)
}

function toData(values: unknown, dtype: ElementType): ConstantData {
  const numbers = values as ArrayLike<number>
  const Kind = dtype === 'float32' ? Float32Array : dtype === 'bool' ? Uint8Array : Int32Array
  return numbers instanceof Kind ? numbers : Kind.from(numbers)
}

/** A tfjs backend that computes nothing and records what it is asked to compute. */
export class TraceBackend extends KernelBackend implements TraceHost {
  readonly #values = new WeakMap<DataId, Value>()
  readonly #written = new Map<DataId, Written>()
  /** Every tensor that a kernel made, so that none is left behind. */
  readonly #made: Tensor[] = []

  constructor(readonly recorder: Recorder) {
    super()
  }

  /** The value that a tensor stands for; a tensor of another backend is a constant. */
  toValue(tensor: TensorInfo): Value {
    const known = this.#values.get(tensor.dataId)
    if (known !== undefined) return known
    const dtype = toElementType(tensor.dtype)
    const values = this.#written.get(tensor.dataId)?.values ?? engine().readSync(tensor.dataId)
    const constant = this.recorder.constant(toData(values, dtype), tensor.shape, dtype)
    this.#values.set(tensor.dataId, constant)
    return constant
  }

  /** A tensor that stands for a value. */
  toTensor(value: Value): Tensor {
    const dataId = {}
    this.#values.set(dataId, value)
    const info = { dataId, shape: [...value.shape], dtype: toElementType(value.dtype as DataType) }
    const tensor = engine().makeTensorFromTensorInfo(info)
    this.#made.push(tensor)
    return tensor
  }

  /** Disposes every tensor that still stands for a value. */
  disposeTensors(): void {
    for (const tensor of this.#made) if (!tensor.isDisposed) tensor.dispose()
  }

  override write(values: BackendValues): DataId {
    const dataId = {}
    this.move(dataId, values)
    return dataId
  }

  override move(dataId: DataId, values: BackendValues): void {
    this.#written.set(dataId, { values })
  }

  override readSync(dataId: DataId): BackendValues {
    const known = this.#written.get(dataId)?.values ?? this.#values.get(dataId)?.data
    if (known !== undefined) return known as BackendValues
    const value = this.#values.get(dataId)!
    const node = this.recorder.nodes.find(({ outputs }) => outputs.includes(value))
    const what = node === undefined ? `input ${value.name}` : `the result of ${node.op}`
    throw new ValueAskedError(node?.op ?? 'input', `${what}, ${describeShape(value)},`)
  }

  override async read(dataId: DataId): Promise<BackendValues> {
    return this.readSync(dataId)
  }

  override disposeData(dataId: DataId): boolean {
    this.#written.delete(dataId)
    return true
  }

  override numDataIds(): number {
    return this.#written.size
  }

  override refCount(): number {
    return 1
  }

  override incRef(): void {}
  decRef(): void {}

  override memory(): { unreliable: boolean } {
    return { unreliable: true }
  }

  override floatPrecision(): 32 {
    return 32
  }

  override epsilon(): number {
    return 1e-7
  }

  override dispose(): void {}
}
