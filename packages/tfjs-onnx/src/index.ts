export { type CompileOptions, compile, type Engine, type EngineOptions, onnxEngine } from './engine.js'
export {
  BatchError,
  CannotTranslateError,
  NoTranslationError,
  RuntimeError,
  ShapeError,
  TfjsOnnxError,
  TraceError,
  ValueAskedError
} from './errors.js'
export { registerTranslation, translatedKernels } from './kernels.js'
export { type FileOptions, writeOnnx } from './onnx-file.js'
export type { OpenSpec } from './open-axes.js'
export { defaultPasses, optimize, type PassName, passes } from './passes/index.js'
export type { Handle, HostArray, Input, Program } from './program.js'
export type { Recorder, ResultType } from './recorder.js'
export type { OrtModule, OrtSession, OrtTensor, RuntimeName } from './runtime.js'
export { type ToOnnxOptions, toOnnx } from './to-onnx.js'
export { type TraceOptions, trace } from './trace.js'
export type { KernelCall, Translation } from './translation.js'
export type {
  Attribute,
  Constant,
  ConstantData,
  ElementType,
  Graph,
  Node,
  TensorFunction,
  TensorSpec,
  Value
} from './types.js'
