import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core'
import { builtIn } from '../translations/index.js'
import type { TraceHost, Translation } from './translation.js'

/** The name under which the recording backend registers with tfjs. */
export const backendName = 'onnx-trace'

const translations = new Map(Object.entries(builtIn))
const registered = new Set<string>()

function registerWithTfjs(kernelName: string): void {
  if (registered.has(kernelName)) return
  registered.add(kernelName)
  registerKernel({
    kernelName,
    backendName,
    kernelFunc({ inputs, attrs, backend }) {
      const host = backend as unknown as TraceHost
      const values = Object.entries(inputs)
        .filter(([, tensor]) => tensor !== null && tensor !== undefined)
        .map(([name, tensor]) => [name, host.toValue(tensor as TensorInfo)] as const)
      const translate = translations.get(kernelName)!
      const result = translate({
        inputs: Object.fromEntries(values),
        attributes: attrs ?? {},
        graph: host.recorder
      })
      return 'name' in result ? host.toTensor(result) : result.map(value => host.toTensor(value))
    }
  })
}

/** Tells tfjs which kernels can be recorded. */
export function registerKernels(): void {
  for (const kernelName of translations.keys()) registerWithTfjs(kernelName)
}

/**
 * Teaches the compiler a tfjs kernel, or another way to write one it knows.
 *
 * @param kernelName As tfjs registers it, for example `Softmax`.
 */
export function registerTranslation(kernelName: string, translation: Translation): void {
  translations.set(kernelName, translation)
}

/** The kernels that have a translation, in alphabetical order. */
export function translatedKernels(): string[] {
  return [...translations.keys()].sort()
}
