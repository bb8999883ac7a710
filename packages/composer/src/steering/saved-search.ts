import { parseJson } from '@vgm/base'
import * as v from 'valibot'
import type { SearchStep } from './search-options.js'

const format = 'vgm-steering-search-1'
const schema = v.object({
  format: v.literal(format),
  settings: v.record(v.string(), v.unknown()),
  history: v.array(v.looseObject({ step: v.number() })),
  state: v.string(),
  steering: v.object({
    mode: v.picklist(['add', 'set']),
    neurons: v.array(v.number()),
    offsets: v.array(v.number())
  })
})

/** A search that can go on later. */
export interface SavedSearch extends Pick<SearchStep, 'state' | 'steering'> {
  /** What decides the search, by name. Free in form, but JSON. */
  readonly settings: Readonly<Record<string, unknown>>
  /** The steps so far, each with what was measured of its pieces. Free in form but for the number of the step, but JSON. */
  readonly history: readonly { readonly step: number }[]
}

/** A search as JSON text that {@link searchFromJson} reads back. */
export function searchToJson({ settings, history, state, steering }: SavedSearch): string {
  const { mode, neurons, offsets } = steering
  const plain = { mode, neurons: [...neurons], offsets: [...offsets] }
  return `${JSON.stringify({ format, settings, history, state, steering: plain })}\n`
}

/**
 * Reads what {@link searchToJson} wrote.
 *
 * @throws {JsonError} naming what is damaged.
 */
export function searchFromJson(text: string): SavedSearch {
  const { settings, history, state, steering } = parseJson(schema, text)
  const { mode, neurons, offsets } = steering
  return {
    settings,
    history,
    state,
    steering: { mode, neurons: Int32Array.from(neurons), offsets: Float32Array.from(offsets) }
  }
}

/** The first setting that differs from a saved search's, if there is one: a search goes on with the same settings only. */
export function differingSetting(
  saved: Pick<SavedSearch, 'settings'>,
  settings: SavedSearch['settings']
): { readonly name: string; readonly saved: unknown; readonly given: unknown } | undefined {
  const name = Object.keys(settings).find(
    name => canonical(saved.settings[name]) !== canonical(settings[name])
  )
  return name === undefined ? undefined : { name, saved: saved.settings[name], given: settings[name] }
}

/** JSON text that does not depend on the order of keys. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part
  )
}
