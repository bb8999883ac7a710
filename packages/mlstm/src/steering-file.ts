import { ModelFormatError } from '@vgm/nn'
import * as v from 'valibot'
import { requireSteering, type Steering } from './steering.js'

/** A steering as a model folder keeps it. */
export interface SteeringFile {
  readonly steering: Steering
  /** `H` of the model that it is for. */
  readonly units: number
  /** Which model it is for, such as a digest of its weights. */
  readonly model?: string
  /** What it steers to, how it was found, and how well it does. Free in form, but JSON. */
  readonly provenance: Readonly<Record<string, unknown>>
}

const format = 'vgm-steering-1'
const schema = v.object({
  format: v.literal(format),
  model: v.optional(v.string()),
  units: v.pipe(v.number(), v.integer(), v.minValue(1)),
  mode: v.picklist(['add', 'set']),
  neurons: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
  offsets: v.array(v.pipe(v.number(), v.finite())),
  provenance: v.record(v.string(), v.unknown())
})

/** So many digits bring a float32 back bit for bit. */
const digits = 9

/**
 * A steering as a text of JSON that {@link steeringFromJson} reads back bit for bit.
 *
 * @throws {InvalidOptionError | ShapeError} if it does not fit the units, or has not one offset for each unit, `[K]`.
 */
export function steeringToJson({ steering, units, model, provenance }: SteeringFile): string {
  const { mode, neurons, offsets } = steering
  const rounded = Array.from(offsets, offset => Number(offset.toPrecision(digits)))
  requireSteering(steering, units, 1)
  const text = JSON.stringify({ format, model, units, mode, provenance }, null, 2)
  // Long lists stay on one line each.
  const lists = [`"neurons": [${neurons.join(', ')}]`, `"offsets": [${rounded.join(', ')}]`]
  return `${text.slice(0, -'\n}'.length)},\n  ${lists.join(',\n  ')}\n}\n`
}

/**
 * Reads what {@link steeringToJson} wrote.
 *
 * @param file What messages call the file.
 * @param expected The model that is to be steered: `units`, and `model` if the file names one, have to be the same.
 * @throws {ModelFormatError} naming the file and what is wrong with it.
 */
export function steeringFromJson(
  text: string,
  file: string,
  expected: { readonly units: number; readonly model?: string }
): SteeringFile {
  const parsed = v.safeParse(schema, parse(text, file))
  if (!parsed.success) {
    const issue = parsed.issues[0]
    throw new ModelFormatError(file, `${v.getDotPath(issue) ?? 'it'}: ${issue.message}`)
  }
  const { units, model, mode, neurons, offsets, provenance } = parsed.output
  if (units !== expected.units) {
    throw new ModelFormatError(file, `steers a model of ${units} units, expected ${expected.units}`)
  }
  if (model !== undefined && expected.model !== undefined && model !== expected.model) {
    throw new ModelFormatError(file, `steers another model: ${model}, expected ${expected.model}`)
  }
  if (offsets.length !== neurons.length) {
    throw new ModelFormatError(
      file,
      `offsets: expected ${neurons.length}, one per neuron, got ${offsets.length}`
    )
  }
  const wrong = neurons.find((neuron, k) => neuron >= units || neurons.indexOf(neuron) !== k)
  if (wrong !== undefined) {
    throw new ModelFormatError(file, `neurons: expected each from 0 to ${units - 1} once, got ${wrong}`)
  }
  const steering: Steering = { mode, neurons: Int32Array.from(neurons), offsets: Float32Array.from(offsets) }
  return { steering, units, ...(model !== undefined && { model }), provenance }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ModelFormatError(file, 'is not JSON', { cause })
  }
}
