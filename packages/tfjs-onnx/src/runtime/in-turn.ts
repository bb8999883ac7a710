import type { OrtModule } from './onnx-runtime.js'

const last = new WeakMap<OrtModule['InferenceSession'], Promise<unknown>>()

/**
 * Does some work with a runtime when all work that was asked for before is done. onnxruntime-web 1.30 keeps the arguments of
 * a run on a stack that runs and the creation of sessions share: two at once overwrite each other's.
 */
export function inTurn<T>(ort: OrtModule, work: () => Promise<T>): Promise<T> {
  const before = last.get(ort.InferenceSession) ?? Promise.resolve()
  const result = before.then(work)
  last.set(
    ort.InferenceSession,
    result.catch(() => {})
  )
  return result
}
