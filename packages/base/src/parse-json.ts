import * as v from 'valibot'
import { VgmError, type VgmErrorOptions } from './errors.js'

/** JSON that is none, or that lacks or has something it should not. */
export class JsonError extends VgmError {
  override readonly name = 'JsonError'

  constructor(
    problem: string,
    /** The field at fault, such as `neurons[3].weight`; empty for the whole text. */
    readonly path: string,
    options?: VgmErrorOptions
  ) {
    super('JSON', path === '' ? problem : `${path} ${problem}`, options)
  }
}

/**
 * Reads JSON text and checks it against a valibot schema.
 *
 * @param caller The public function that was called, for the error.
 * @throws {JsonError} naming the first field that is wrong, what was expected and what came.
 */
export function parseJson<Schema extends v.GenericSchema>(
  schema: Schema,
  text: string,
  caller?: string
): v.InferOutput<Schema> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new JsonError('is not JSON', '', { caller, cause })
  }
  return checkJson(schema, json, caller)
}

/**
 * Checks what was read from JSON against a valibot schema.
 *
 * @throws {JsonError} as {@link parseJson}.
 */
export function checkJson<Schema extends v.GenericSchema>(
  schema: Schema,
  json: unknown,
  caller?: string
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, json)
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  throw new JsonError(problemOf(issue), pathOf(issue), { caller })
}

/** The message of a check that the schema's author wrote, else what was expected and what came. */
function problemOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'check') return issue.message
  if (issue.kind === 'schema' && issue.received === 'undefined') return 'is missing'
  return `expected ${issue.expected ?? issue.type}, got ${issue.received}`
}

function pathOf(issue: v.BaseIssue<unknown>): string {
  const parts = issue.path?.map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)) ?? []
  return parts.join('').replace(/^\./, '')
}
