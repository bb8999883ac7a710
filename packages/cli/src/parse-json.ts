import * as v from 'valibot'
import { ContentError } from './errors.js'

/**
 * JSON text, checked.
 *
 * @throws {ContentError} saying what is wrong with the text: without the file's name, which `naming` puts before it.
 */
export function parseJson<Schema extends v.GenericSchema>(
  schema: Schema,
  text: string
): v.InferOutput<Schema> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new ContentError('is not JSON', { cause })
  }
  const parsed = v.safeParse(schema, json)
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  throw new ContentError(`${v.getDotPath(issue) ?? 'its content'}: ${issue.message}`)
}
