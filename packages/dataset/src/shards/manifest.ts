import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidOptionError, JsonError, parseJson } from '@vgm/base'
import type { EncodeOptions } from '@vgm/encoding'
import * as v from 'valibot'
import writeFileAtomic from 'write-file-atomic'
import { ShardFolderError } from './errors.js'

/** The name of the file that says what a folder's shards are. */
export const manifestName = 'shards.json'

const format = 'vgm-shards-1'
const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** The options that decide which words a file becomes. */
const readingSchema = v.object({
  trimStart: v.optional(v.boolean(), false),
  durations: v.optional(v.picklist(['sounding', 'written']), 'sounding'),
  tempo: v.optional(v.picklist(['clamp', 'fit']), 'clamp'),
  sustain: v.optional(v.picklist(['extend', 'ignore']), 'ignore'),
  includePercussion: v.optional(v.boolean(), false)
})

const schema = v.object({
  format: v.literal(format),
  vocabulary: v.object({ name: v.string(), hash: v.string() }),
  digest: v.string(),
  files: count,
  skipped: v.array(v.object({ file: v.string(), reason: v.string() })),
  transpositions: v.array(v.number()),
  tempoFactors: v.array(v.number()),
  seed: v.number(),
  reading: v.optional(readingSchema, {}),
  shards: v.array(v.nullable(v.object({ pieces: count, words: count })))
})

/** The contents of a folder of shards. */
export interface ShardManifest {
  readonly vocabulary: { readonly name: string; readonly hash: string }
  /** Of the names and contents of the files that were encoded. */
  readonly digest: string
  /** How many files were encoded. */
  readonly files: number
  /** Files that were left out, and why. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[]
  /** Semitones; every file is there in each, with each of `tempoFactors`. */
  readonly transpositions: readonly number[]
  readonly tempoFactors: readonly number[]
  readonly seed: number
  /** The options of `encode` of `@vgm/encoding` with which MIDI files were read and encoded. */
  readonly reading: v.InferOutput<typeof readingSchema>
  /** The size of each shard; `null` while it is not written. */
  readonly shards: readonly ({ readonly pieces: number; readonly words: number } | null)[]
}

/**
 * Of the options of `encode` those that decide which words a file becomes.
 *
 * @throws {InvalidOptionError} if one has no such value.
 */
export function readingThatCounts(options: EncodeOptions): ShardManifest['reading'] {
  const parsed = v.safeParse(readingSchema, options)
  if (parsed.success) return parsed.output
  const [{ expected, input, path }] = parsed.issues
  const option = `reading.${path?.map(({ key }) => key).join('.')}`
  throw new InvalidOptionError('encodeShards', option, expected ?? 'another value', input)
}

/** The file of shard `index`, from 0. */
export function shardFile(folder: string, index: number): string {
  return join(folder, `shard-${String(index + 1).padStart(4, '0')}.bin`)
}

/** Writes the manifest, whole or not at all. */
export async function writeManifest(folder: string, manifest: ShardManifest): Promise<void> {
  const text = JSON.stringify({ format, ...manifest }, null, 2)
  await writeFileAtomic(join(folder, manifestName), `${text}\n`)
}

/**
 * Reads a folder's manifest; `undefined` if it has none.
 *
 * @throws {ShardFolderError} if it is damaged.
 */
export async function readManifest(folder: string): Promise<ShardManifest | undefined> {
  let text: string
  try {
    text = await readFile(join(folder, manifestName), 'utf8')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
  try {
    const { format: _, ...manifest } = parseJson(schema, text)
    return manifest
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause
    throw new ShardFolderError(folder, `${manifestName}: ${cause.problem}`, { cause })
  }
}
