import type { Music } from '@vgm/dataset/node'
import { mlstm } from '@vgm/mlstm'
import { TrainingRun } from '@vgm/nn/node'
import * as v from 'valibot'
import { requireWritable } from '../../flags/output.js'
import { UsageError } from '../../terminal/errors.js'
import { nameOf } from '../../terminal/files.js'

/** The content of a run's `run.json`. */
const schema = v.object({
  /** As in {@link Music}. */
  semitones: v.nullable(v.number()),
  /** Digests of the encoded music. */
  training: v.string(),
  validation: v.nullable(v.string()),
  /** The model whose weights the run began with. */
  initial: v.nullable(v.object({ name: v.string(), provenance: v.record(v.string(), v.unknown()) })),
  license: v.string(),
  /** How the weights are stored. */
  precision: v.picklist(['f16', 'f32'])
})

/** What a training run began with and keeps to when it is resumed, besides the settings that the checkpoint holds. */
export type RunDescription = Readonly<v.InferOutput<typeof schema>>

/** What a run keeps to besides its music. */
export type RunTerms = Pick<RunDescription, 'initial' | 'license' | 'precision'>

/** What the command that resumes a run says of its terms. */
export interface GivenTerms {
  /** The model of `--init`. */
  readonly init?: string | undefined
  readonly license?: string | undefined
  readonly precision?: RunTerms['precision'] | undefined
}

/**
 * A new run in a folder that can be written to.
 *
 * @throws {RunExistsError} if the folder holds one.
 * @throws {CommandError} if the folder cannot be written to.
 */
export async function beginRun(
  folder: string,
  music: Music,
  terms: RunTerms
): Promise<TrainingRun<RunDescription>> {
  const run = await TrainingRun.begin(folder, describeRun(music, terms))
  await requireWritable(folder)
  return run
}

/**
 * A run that was stopped.
 *
 * @throws {RunFolderError} if there is none, or a file of it is damaged.
 * @throws {UsageError} if music, augmentation or terms are not those it began with.
 */
export async function resumeRun(
  folder: string,
  music: Music,
  given: GivenTerms
): Promise<TrainingRun<RunDescription>> {
  const run = await TrainingRun.resume(folder, { architecture: mlstm, description: schema })
  requireSameRun(folder, run.description, music, given)
  return run
}

/** What a run with this music begins with. */
function describeRun({ digest, validation, semitones }: Music, terms: RunTerms): RunDescription {
  return { ...terms, semitones, training: digest, validation: validation?.digest ?? null }
}

/**
 * Compares what a run began with and what the command that resumes it says.
 *
 * @throws {UsageError} naming what differs.
 */
export function requireSameRun(folder: string, began: RunDescription, music: Music, given: GivenTerms): void {
  const { semitones, training, validation } = describeRun(music, began)
  const { init, license = began.license, precision = began.precision } = given
  const differing = [
    ['augmentation (--transpose, --no-augment)', semitones !== began.semitones],
    ['the training music', training !== began.training],
    ['the validation music', validation !== began.validation],
    [`--init ${init}`, init !== undefined && nameOf(init) !== began.initial?.name],
    [`--license ${license}`, license !== began.license],
    [`--precision ${precision}`, precision !== began.precision]
  ] as const
  for (const [what, differs] of differing) {
    if (differs) throw new UsageError(`${folder}: ${what} is not what this run began with`)
  }
}
