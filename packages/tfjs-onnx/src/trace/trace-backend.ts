import {
  type BackendValues,
  type DataId,
  type DataType,
  engine,
  KernelBackend,
  type Tensor,
  type TensorInfo
} from '@tensorflow/tfjs-core'
import { CannotTranslateError, TraceError, ValueAskedError } from '../errors.js'
import { describeShape, sameShape } from '../shapes.js'
import type { Constant, ConstantData, ElementType, Value } from '../types.js'
import type { Recorder } from './recorder.js'
import type { TraceHost } from './translation.js'

function toElementType(dtype: DataType): 'float32' | 'int32' | 'bool' {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype
  throw new CannotTranslateError('constant', `tensors of type ${dtype} have no translation`)
}

function toData(values: unknown, dtype: ElementType): ConstantData {
  const numbers = values as ArrayLike<number>
  if (dtype === 'bool') return Uint8Array.from(numbers, number => (number ? 1 : 0))
  const Kind = dtype === 'float32' ? Float32Array : Int32Array
  return numbers instanceof Kind ? numbers : Kind.from(numbers)
}

/** A tfjs backend that computes nothing and records what it is asked to compute. */
export class TraceBackend extends KernelBackend implements TraceHost {
  readonly #values = new WeakMap<DataId, Value>()
  /** Tensors of other backends, and those with given numbers. One buffer can serve several shapes and types. */
  readonly #constants = new WeakMap<DataId, Constant[]>()
  readonly #written = new Map<DataId, BackendValues>()
  /** How many variables share a tensor's data, where there are any. */
  readonly #shared = new Map<DataId, number>()
  #asked: ValueAskedError | undefined

  constructor(readonly recorder: Recorder) {
    super()
  }

  /** Why the function waits for numbers in vain, if it does. */
  get asked(): ValueAskedError | undefined {
    return this.#asked
  }

  /** The value that a tensor stands for; a tensor of another backend is a constant. */
  toValue(tensor: TensorInfo): Value {
    return this.#values.get(tensor.dataId) ?? this.#toConstant(tensor)
  }

  #toConstant({ dataId, shape, dtype: given }: TensorInfo): Constant {
    const dtype = toElementType(given)
    const known = this.#constants.get(dataId) ?? []
    const same = known.find(constant => constant.dtype === dtype && sameShape(constant.shape, shape))
    if (same !== undefined) return same
    const values = this.#written.get(dataId) ?? readElsewhere(dataId)
    const constant = this.recorder.constant(toData(values, dtype), shape, dtype)
    this.#constants.set(dataId, [...known, constant])
    return constant
  }

  /** A tensor that stands for a value. */
  toTensor(value: Value): Tensor {
    const dtype = toElementType(value.dtype as DataType)
    const dataId = {}
    this.#values.set(dataId, value)
    return engine().makeTensorFromTensorInfo({ dataId, shape: [...value.shape], dtype })
  }

  override write(values: BackendValues): DataId {
    const dataId = {}
    this.move(dataId, values)
    return dataId
  }

  override move(dataId: DataId, values: BackendValues): void {
    this.#written.set(dataId, values)
  }

  /** Numbers that are known without a run, or else the error that names the value. */
  #read(dataId: DataId): BackendValues | ValueAskedError {
    const values = this.#written.get(dataId) ?? this.#values.get(dataId)?.data?.slice()
    if (values !== undefined) return values as BackendValues
    const value = this.#values.get(dataId)!
    const node = this.recorder.nodes.find(({ outputs }) => outputs.includes(value))
    const what = node === undefined ? `input ${value.name}` : `the result of ${node.op}`
    return new ValueAskedError(node?.op ?? 'input', `${what}, ${describeShape(value)}`)
  }

  override readSync(dataId: DataId): BackendValues {
    const values = this.#read(dataId)
    if (values instanceof ValueAskedError) throw values
    return values
  }

  /** Never settles for numbers that do not exist: a rejection would be lost, since tracing ends before it is seen. */
  override read(dataId: DataId): Promise<BackendValues> {
    const values = this.#read(dataId)
    if (!(values instanceof ValueAskedError)) return Promise.resolve(values)
    this.#asked ??= values
    return new Promise(() => {})
  }

  override disposeData(dataId: DataId): boolean {
    const shared = this.#shared.get(dataId) ?? 0
    if (shared > 0) {
      this.#shared.set(dataId, shared - 1)
      return false
    }
    this.#written.delete(dataId)
    return true
  }

  override numDataIds(): number {
    return this.#written.size
  }

  override refCount(dataId: DataId): number {
    return 1 + (this.#shared.get(dataId) ?? 0)
  }

  override incRef(dataId: DataId): void {
    this.#shared.set(dataId, this.refCount(dataId))
  }

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

/** The numbers of a tensor that another backend holds. */
function readElsewhere(dataId: DataId): BackendValues {
  if (!engine().state.tensorInfo.has(dataId)) {
    throw new TraceError('the function uses a tensor that has been disposed')
  }
  try {
    return engine().readSync(dataId)
  } catch (cause) {
    if (!(cause instanceof ValueAskedError)) throw cause
    throw new TraceError(
      'the function uses a tensor of the traced function around it: take it as an input instead',
      { cause }
    )
  }
}
