import { mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { type Cancel, InvalidOptionError, requireInteger, type Watch } from '@vgm/base'
import type { MidiWarning, TempoWarning, Tokenizer } from '@vgm/encoding'
import type { EncodedPieces, ShardReading } from './encode-task.js'
import { NothingToEncodeError, ShardFolderError } from './errors.js'
import { inGroups, inOrder } from './in-order.js'
import { inspectAll } from './inspect.js'
import {
  manifestName,
  readingThatCounts,
  readManifest,
  type ShardManifest,
  shardFile,
  writeManifest
} from './manifest.js'
import { openPool } from './pool.js'
import { ShuffledVariants } from './variants.js'
import { writeShard } from './write-shard.js'

/** Options of {@link encodeShards}. */
export interface EncodeShardsOptions extends Cancel, Watch {
  /** Turns music into ids. A tokenizer that is not of `@vgm/encoding` runs without threads. */
  readonly tokenizer: Tokenizer
  /** The number of shards that the pieces are spread over (default: 1). */
  readonly shards?: number
  /** Every file is encoded in each of these transpositions, in semitones (default: `[0]`). */
  readonly transpositions?: readonly number[]
  /** … and with its tempo multiplied by each of these factors (default: `[1]`). */
  readonly tempoFactors?: readonly number[]
  /** Decides the order of the pieces, an integer from 0 to 2³² − 1 (default: 0). */
  readonly seed?: number
  /** Worker threads; 0 for none (default: as many as the machine runs side by side). */
  readonly threads?: number
  /** Go on with an encoding of the same files and settings that was stopped: shards that are there stay. */
  readonly resume?: boolean
  /** Options of reading and encoding MIDI files (default: those of the tokenizer). */
  readonly reading?: ShardReading
  /** Called with what was repaired in a file, and with a tempo of it that was clamped. */
  readonly onWarnings?: (file: string, warnings: readonly (MidiWarning | TempoWarning)[]) => void
}

const variantsPerTask = 64

/**
 * Encodes MIDI files, each in every variant, into a folder of shards, in worker threads. The pieces are shuffled over all
 * shards. Memory does not grow with the length of the music, and files that cannot be read are left out and listed.
 *
 * @param files Paths of MIDI files.
 * @param folder Where the shards and their manifest go; made if need be.
 * @returns What the folder holds now. When `signal` stops the work, complete shards stay for `resume`.
 * @throws {InvalidOptionError} if an option is out of range.
 * @throws {NothingToEncodeError} if no file can be encoded.
 * @throws {ShardFolderError} if the folder holds shards already, and `resume` is not set or they are of something else.
 * @throws {UnreadableScoreError} if a file was changed meanwhile and cannot be encoded any more.
 */
export async function encodeShards(
  files: readonly string[],
  folder: string,
  options: EncodeShardsOptions
): Promise<ShardManifest> {
  const {
    tokenizer,
    shards = 1,
    seed = 0,
    threads = availableParallelism(),
    resume = false,
    signal
  } = options
  const { transpositions = [0], tempoFactors = [1], reading = {} } = options
  const { onProgress = () => {}, onWarnings = () => {} } = options
  const { vocabulary } = tokenizer
  requireNumbers('transpositions', transpositions, 'integers', Number.isInteger)
  requireNumbers('tempoFactors', tempoFactors, 'positive numbers', factor => factor > 0 && factor < Infinity)
  requireInteger('encodeShards', 'shards', shards, 1)
  requireInteger('encodeShards', 'threads', threads, 0)
  requireInteger('encodeShards', 'seed', seed, 0, 0xffffffff)
  const before = await readManifest(folder)
  if (before !== undefined && !resume) throw new ShardFolderError(folder, `holds ${manifestName} already`)

  const pool = openPool(threads, tokenizer)
  try {
    const { good, skipped, digest } = await inspectAll(files, {
      pool,
      reading,
      onFiles: done => onProgress({ phase: 'reading', done, total: files.length, unit: 'files' }),
      onWarnings
    })
    if (good.length === 0) throw new NothingToEncodeError(skipped)
    const variants = new ShuffledVariants(good, { transpositions, tempoFactors }, seed)
    if (shards > variants.size) {
      throw new InvalidOptionError(
        'encodeShards',
        'shards',
        `at most ${variants.size}, a shard per piece`,
        shards
      )
    }
    const plan = {
      vocabulary: { name: vocabulary.name, hash: vocabulary.hash },
      digest,
      files: good.length,
      skipped,
      transpositions,
      tempoFactors,
      seed,
      reading: readingThatCounts(reading)
    }
    const written: ShardManifest['shards'][number][] =
      before === undefined ? new Array(shards).fill(null) : [...shardsOf(folder, before, plan, shards)]
    await mkdir(folder, { recursive: true })
    await writeManifest(folder, { ...plan, shards: written })

    for (let shard = 0; shard < shards; shard++) {
      signal?.throwIfAborted()
      if (written[shard] !== null) continue
      const groups = inGroups(variants.shard(shard, shards), variantsPerTask)
      const encoded = inOrder(groups, pool.width, group => pool.encodeVariants({ variants: group, reading }))
      let done = variants.firstOf(shard, shards)
      const count = ({ lengths }: EncodedPieces) => {
        done += lengths.length
        onProgress({ phase: 'encoding', done, total: variants.size, unit: 'pieces' })
      }
      written[shard] = await writeShard(shardFile(folder, shard), vocabulary, encoded, { count, signal })
      await writeManifest(folder, { ...plan, shards: written })
    }
    return { ...plan, shards: written }
  } finally {
    await pool.close()
  }
}

type Plan = Omit<ShardManifest, 'shards'>

/** The shards of an encoding that was stopped, if it is the one that `plan` is for. */
function shardsOf(
  folder: string,
  before: ShardManifest,
  plan: Plan,
  shards: number
): ShardManifest['shards'] {
  const was = { ...before, shards: before.shards.length }
  const is = { ...plan, shards }
  for (const [key, what] of Object.entries({
    digest: 'files',
    transpositions: 'transpositions',
    tempoFactors: 'tempo factors',
    seed: 'seeds',
    shards: 'numbers of shards',
    vocabulary: 'words',
    reading: 'ways of reading MIDI files'
  })) {
    const name = key as keyof typeof is
    if (JSON.stringify(was[name]) === JSON.stringify(is[name])) continue
    throw new ShardFolderError(folder, `its shards were begun with other ${what}`)
  }
  return before.shards
}

function requireNumbers(
  option: string,
  values: readonly number[],
  what: string,
  fits: (value: number) => boolean
): void {
  if (values.length > 0 && values.every(fits) && new Set(values).size === values.length) return
  throw new InvalidOptionError('encodeShards', option, `different ${what}, at least one`, values.join(', '))
}
