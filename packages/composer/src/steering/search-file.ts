import { readFile, rm, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { checkJson, VgmError } from '@vgm/base'
import { writeFiles } from '@vgm/nn/node'
import * as v from 'valibot'
import type { CostSearchStep, Measures } from './assessed-search.js'
import { differingSetting, type SavedSearch, searchFromJson, searchToJson } from './saved-search.js'

/** Why a search cannot begin or go on with a file. */
export type SearchFileProblem = 'exists' | 'missing' | 'settings'

/** A search cannot begin, or cannot go on, with the file that is given. */
export class SearchFileError extends VgmError {
  override readonly name = 'SearchFileError'

  constructor(
    readonly reason: SearchFileProblem,
    readonly path: string,
    problem: string
  ) {
    super('SEARCH_FILE', problem, { caller: 'openSearchFile' })
  }
}

/** What {@link openSearchFile} takes. */
export interface SearchFileOptions<Name extends string> {
  /** What decides the search, by name, as JSON. */
  readonly settings: SavedSearch['settings']
  /** The measures, beside `cost`, that the history keeps of each step. */
  readonly measures: readonly Name[]
  /** Whether to go on with a search that was stopped. */
  readonly resume?: boolean
}

/** A step that has been noted. */
export type NotedStep<Name extends string> = { readonly step: number } & Measures<Name>

/** The file of a search that is not over: written after every step, removed in the end. */
export interface SearchFile<Name extends string> {
  readonly path: string
  /** All steps so far. */
  readonly history: readonly NotedStep<Name>[]
  /** Where a search that is resumed stood when its file was opened. */
  readonly begun?: Pick<SavedSearch, 'state' | 'steering'>
  /** Notes a step, and writes the file as a whole or not at all. */
  save(step: CostSearchStep<Name>): Promise<void>
  /** Removes the file: the search is over. */
  remove(): Promise<void>
}

/**
 * Begins a search that is kept in a file, or goes on with one.
 *
 * @throws {SearchFileError} if there is a search already and it is not to be resumed, if there is none to resume, or if it
 *   was begun with other settings.
 * @throws {JsonError} if the file is damaged.
 */
export async function openSearchFile<Name extends string>(
  path: string,
  { settings, measures, resume = false }: SearchFileOptions<Name>
): Promise<SearchFile<Name>> {
  const exists = (await stat(path).catch(() => undefined))?.isFile() ?? false
  if (!resume && exists) throw new SearchFileError('exists', path, 'is a search that was stopped')
  if (resume && !exists) throw new SearchFileError('missing', path, 'no such search to resume')
  const begun = resume ? await readBegun(path, settings) : undefined
  const names: readonly (Name | 'cost')[] = [...measures, 'cost']
  const history = begun === undefined ? [] : historyOf(begun, names)
  return {
    path,
    history,
    ...(begun !== undefined && { begun: { state: begun.state, steering: begun.steering } }),
    async save({ step, state, steering, measures: measured }) {
      history.push({ step, ...pick(measured, names) })
      const text = searchToJson({ settings, history, state, steering })
      await writeFiles(dirname(path), { [basename(path)]: text })
    },
    remove: () => rm(path, { force: true })
  }
}

async function readBegun(path: string, settings: SavedSearch['settings']): Promise<SavedSearch> {
  const saved = searchFromJson(await readFile(path, 'utf8'))
  const differing = differingSetting(saved, settings)
  if (differing === undefined) return saved
  const [begun, given] = [differing.saved, differing.given].map(value => JSON.stringify(value))
  throw new SearchFileError('settings', path, `was begun with ${differing.name} ${begun}, not ${given}`)
}

function historyOf<Name extends string>(
  saved: SavedSearch,
  names: readonly (Name | 'cost')[]
): NotedStep<Name>[] {
  const fields = Object.fromEntries(['step', ...names].map(name => [name, v.number()]))
  const { history } = checkJson(v.object({ history: v.array(v.object(fields)) }), saved)
  return history as NotedStep<Name>[]
}

function pick<Name extends string>(measures: Measures<Name>, names: readonly (Name | 'cost')[]) {
  return Object.fromEntries(names.map(name => [name, measures[name]])) as Measures<Name>
}
