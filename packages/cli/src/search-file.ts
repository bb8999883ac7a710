import { rm } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import * as v from 'valibot'
import { UsageError } from './errors.js'
import { kindOf, naming, readInput, writeOutput } from './files.js'
import { parseJson } from './parse-json.js'
import type { SearchStep } from '../../composer/src/steering/steering-search.js'

/** A point of a search's history. */
export type HistoryPoint = Pick<SearchStep, 'step' | 'probability' | 'excess' | 'cost'>

/** What decides a search; one that is resumed must agree. */
export type SearchSettings = Readonly<Record<string, unknown>>

const format = 'vgm-steering-search-1'
const schema = v.object({
  format: v.literal(format),
  settings: v.record(v.string(), v.unknown()),
  history: v.array(
    v.object({ step: v.number(), probability: v.number(), excess: v.number(), cost: v.number() })
  ),
  state: v.string(),
  steering: v.object({
    mode: v.picklist(['add', 'set']),
    neurons: v.array(v.number()),
    offsets: v.array(v.number())
  })
})

/** The file of a search that is not over: written after every step, gone in the end. */
export class SearchFile {
  private constructor(
    readonly path: string,
    readonly settings: SearchSettings,
    readonly history: HistoryPoint[] = [],
    /** Where a search that is resumed stood when its file was opened. */
    readonly begun?: Pick<SearchStep, 'state' | 'steering'>
  ) {}

  /**
   * Begins a search, or goes on with one.
   *
   * @throws {UsageError} if there is one already and it is not to be resumed, if there is none to resume, or if it was
   *   begun with other settings.
   * @throws {CommandError} if the file is damaged.
   */
  static async open(path: string, settings: SearchSettings, resume: boolean): Promise<SearchFile> {
    const exists = (await kindOf(path)) === 'file'
    if (!resume) {
      if (!exists) return new SearchFile(path, settings)
      throw new UsageError(`${path}: is a search that was stopped; go on with --resume, or delete it`)
    }
    if (!exists) throw new UsageError(`${path}: no such search to resume`)
    const document = await naming(path, async () =>
      parseJson(schema, new TextDecoder().decode(await readInput(path)))
    )
    for (const [name, value] of Object.entries(settings)) {
      const begun = document.settings[name]
      if (isDeepStrictEqual(begun, JSON.parse(JSON.stringify(value)))) continue
      throw new UsageError(
        `${path}: was begun with ${name} ${JSON.stringify(begun)}, not ${JSON.stringify(value)}`
      )
    }
    const { history, state } = document
    const { mode, neurons, offsets } = document.steering
    const steering = { mode, neurons: Int32Array.from(neurons), offsets: Float32Array.from(offsets) }
    return new SearchFile(path, settings, history, { state, steering })
  }

  /** Notes a step. */
  async save({ step, probability, excess, cost, state, steering }: SearchStep): Promise<void> {
    this.history.push({ step, probability, excess, cost })
    const { settings, history } = this
    const { mode, neurons, offsets } = steering
    const plain = { mode, neurons: [...neurons], offsets: [...offsets] }
    await writeOutput(this.path, `${JSON.stringify({ format, settings, history, state, steering: plain })}\n`)
  }

  /** The search is over. */
  remove(): Promise<void> {
    return rm(this.path, { force: true })
  }
}
