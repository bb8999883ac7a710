import { RuntimeError } from '../errors.js'
import { writeOnnx } from '../file/onnx-file.js'
import type { Value } from '../types.js'
import type { OrtModule, OrtSession, OrtTensor } from './onnx-runtime.js'

const [x, y] = ['x', 'y'].map((name): Value => ({ name, shape: [1], dtype: 'float32' }))
const identity = {
  inputs: [x!],
  outputs: [y!],
  nodes: [{ op: 'Identity', inputs: [x!], outputs: [y!], attributes: {} }]
}

/** Options of a session, as ONNX Runtime names them. */
interface SessionOptions extends Readonly<Record<string, unknown>> {
  readonly executionProviders?: readonly string[]
}

/**
 * Whether a runtime writes a result into memory that it is given. onnxruntime-node does; onnxruntime-web 1.30 hands the old
 * numbers back.
 *
 * @param options The options of the sessions that will be made.
 * @throws {RuntimeError} if the runtime makes no session with these options.
 */
export async function writesWhereTold(ort: OrtModule, options: SessionOptions): Promise<boolean> {
  const session = await ort.InferenceSession.create(writeOnnx(identity), options).catch((cause: unknown) => {
    throw new RuntimeError(
      'onnxEngine',
      `ONNX Runtime does not start: ${reasonOf(cause)}${unknownProviders(ort, options)}`,
      {
        cause
      }
    )
  })
  try {
    return await rewrites(ort, session)
  } catch {
    return false
  } finally {
    await session.release()
  }
}

async function rewrites(ort: OrtModule, session: OrtSession): Promise<boolean> {
  const run = async (number: number, memory: OrtTensor | null) => {
    const results = await session.run(
      { x: new ort.Tensor('float32', Float32Array.of(number) as never, [1]) },
      { y: memory }
    )
    return results.y!
  }
  const numberOf = ({ data }: OrtTensor) => (data as Float32Array)[0]
  const given = await run(1, null)
  const result = await run(2, given)
  return numberOf(result) === 2 && numberOf(given) === 2
}

/** ONNX Runtime's reason, without the place in its source and the condition that failed. */
function reasonOf(cause: unknown): string {
  return (cause as Error).message.replace(/^\S+\.cc:\d+ .* was false\. /s, '').trim()
}

/** The execution providers that a runtime knows, where it tells and does not know those that are asked for. */
function unknownProviders(ort: OrtModule, { executionProviders }: SessionOptions): string {
  const names = ort.listSupportedBackends?.().map(({ name }) => name)
  if (names === undefined || executionProviders?.every(name => names.includes(name))) return ''
  return ` (execution providers that it knows: ${names.join(', ')})`
}
