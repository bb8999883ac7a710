import { rm } from 'node:fs/promises'
import { checkJson } from '@vgm/base'
import {
  differingSetting,
  type SavedSearch,
  type SearchStep,
  searchFromJson,
  searchToJson
} from '@vgm/composer'
import type { Assessment } from '@vgm/emotion'
import * as v from 'valibot'
import { UsageError } from './errors.js'
import { kindOf, naming, readInput, writeOutput } from './files.js'

/** A step of a search, as its pieces were judged. */
export type SteeringPoint = Pick<SearchStep, 'step'> & Assessment

/** A step that is noted in the file. */
export type SteeringStep = Omit<SearchStep, 'reward'> & Assessment

const historySchema = v.object({
  history: v.array(
    v.object({ step: v.number(), probability: v.number(), excess: v.number(), cost: v.number() })
  )
})

/** The file of a search that is not over: written after every step, gone in the end. */
export class SearchFile {
  private constructor(
    readonly path: string,
    readonly settings: SavedSearch['settings'],
    readonly history: SteeringPoint[] = [],
    /** Where a search that is resumed stood when its file was opened. */
    readonly begun?: Pick<SavedSearch, 'state' | 'steering'>
  ) {}

  /**
   * Begins a search, or goes on with one.
   *
   * @throws {UsageError} if there is one already and it is not to be resumed, if there is none to resume, or if it was
   *   begun with other settings.
   * @throws {CommandError} if the file is damaged.
   */
  static async open(path: string, settings: SavedSearch['settings'], resume: boolean): Promise<SearchFile> {
    const exists = (await kindOf(path)) === 'file'
    if (!resume) {
      if (!exists) return new SearchFile(path, settings)
      throw new UsageError(`${path}: is a search that was stopped; go on with --resume, or delete it`)
    }
    if (!exists) throw new UsageError(`${path}: no such search to resume`)
    return naming(path, async () => {
      const saved = searchFromJson(new TextDecoder().decode(await readInput(path)))
      const differing = differingSetting(saved, settings)
      if (differing === undefined) {
        const { history } = checkJson(historySchema, saved)
        return new SearchFile(path, settings, history, { state: saved.state, steering: saved.steering })
      }
      const [begun, given] = [differing.saved, differing.given].map(value => JSON.stringify(value))
      throw new UsageError(`${path}: was begun with ${differing.name} ${begun}, not ${given}`)
    })
  }

  /** Notes a step. */
  async save({ step, probability, excess, cost, state, steering }: SteeringStep): Promise<void> {
    this.history.push({ step, probability, excess, cost })
    const { settings, history } = this
    await writeOutput(this.path, searchToJson({ settings, history, state, steering }))
  }

  /** The search is over. */
  remove(): Promise<void> {
    return rm(this.path, { force: true })
  }
}
