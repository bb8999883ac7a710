export { ShapeError } from '@vgm/base'
export {
  BatchError,
  CannotTranslateError,
  DisposedError,
  NoTranslationError,
  RuntimeError,
  TraceError,
  ValueAskedError
} from './errors.js'
export { type FileOptions, writeOnnx } from './file/onnx-file.js'
export type { OpenSpec } from './file/open-axes.js'
export { type ToOnnxOptions, toOnnx } from './file/to-onnx.js'
export { defaultPasses, optimize, type PassName, passes } from './passes/index.js'
export {
  type CompileOptions,
  compile,
  type Engine,
  type EngineOptions,
  onnxEngine
} from './runtime/engine.js'
export type { OrtModule, OrtSession, OrtTensor, RuntimeName } from './runtime/onnx-runtime.js'
export type { Handle, HostArray, Input, Program } from './runtime/program.js'
export { listProviders, type ProviderInfo } from './runtime/providers.js'
export { registerTranslation, translatedKernels } from './trace/kernels.js'
export type { Recorder, ResultType } from './trace/recorder.js'
export { type TraceOptions, trace } from './trace/trace.js'
export type { KernelCall, Translation } from './trace/translation.js'
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
