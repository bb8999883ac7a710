import * as v from 'valibot'
import { VgmError } from './errors.js'

/** JSON that is none, or that lacks or has something it should not. */
export class JsonError extends VgmError {
  override readonly name = 'JsonError'

  constructor(
    problem: string,
    /** The field at fault, such as `neurons[3].weight`; empty for the whole text. */
    readonly path: string,
    options?: ErrorOptions
  ) {
    super('JSON', path === '' ? problem : `${path} ${problem}`, options)
  }
}

/**
 * Reads JSON text and checks it against a valibot schema.
 *
 * @throws {JsonError} naming the first field that is wrong, what was expected and what came.
 */
export function parseJson<Schema extends v.GenericSchema>(
  schema: Schema,
  text: string
): v.InferOutput<Schema> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new JsonError('is not JSON', '', { cause })
  }
  return checkJson(schema, json)
}

/**
 * Checks what was read from JSON against a valibot schema.
 *
 * @throws {JsonError} as {@link parseJson}.
 */
export function checkJson<Schema extends v.GenericSchema>(
  schema: Schema,
  json: unknown
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, json)
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  const problem =
    issue.expected === null ? issue.message : `expected ${issue.expected}, got ${issue.received}`
  throw new JsonError(problem, v.getDotPath(issue) ?? '')
}
