import { readFile, rm, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { checkJson, JsonError, VgmError } from '@vgm/base'
import { writeFiles } from '@vgm/nn/node'
import * as v from 'valibot'
import type { CostSearchStep, Measures } from './assessed-search.js'
import { differingSetting, type SavedSearch, searchFromJson, searchToJson } from './saved-search.js'

/** Why a search cannot begin or go on with a file. */
export type SearchFileProblem = 'exists' | 'missing' | 'settings' | 'damaged'

/** A search cannot begin, or cannot go on, with the file that is given. */
export class SearchFileError extends VgmError {
  override readonly name = 'SearchFileError'

  constructor(
    readonly reason: SearchFileProblem,
    readonly path: string,
    problem: string,
    options?: ErrorOptions
  ) {
    super('SEARCH_FILE', problem, { caller: 'openSearchFile', ...options })
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
 * @throws {SearchFileError} if there is a search already and it is not to be resumed, if there is none to resume, if it was
 *   begun with other settings, or if the file is damaged.
 */
export async function openSearchFile<Name extends string>(
  path: string,
  { settings, measures, resume = false }: SearchFileOptions<Name>
): Promise<SearchFile<Name>> {
  const exists = (await stat(path).catch(() => undefined))?.isFile() ?? false
  if (!resume && exists) throw new SearchFileError('exists', path, 'is a search that was stopped')
  if (resume && !exists) throw new SearchFileError('missing', path, 'no such search to resume')
  const names: readonly (Name | 'cost')[] = [...measures, 'cost']
  const saved = resume ? await readBegun(path, settings, names) : undefined
  const begun = saved?.begun
  const history = saved?.history ?? []
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

async function readBegun<Name extends string>(
  path: string,
  settings: SavedSearch['settings'],
  names: readonly (Name | 'cost')[]
): Promise<{ readonly begun: SavedSearch; readonly history: NotedStep<Name>[] }> {
  const text = await readFile(path, 'utf8')
  try {
    const begun = searchFromJson(text)
    requireSame(path, begun, settings)
    return { begun, history: historyOf(begun, names) }
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause
    throw new SearchFileError('damaged', path, cause.problem, { cause })
  }
}

function requireSame(path: string, begun: SavedSearch, settings: SavedSearch['settings']): void {
  const differing = differingSetting(begun, settings)
  if (differing === undefined) return
  const [was, given] = [differing.saved, differing.given].map(value => JSON.stringify(value))
  throw new SearchFileError('settings', path, `was begun with ${differing.name} ${was}, not ${given}`)
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
