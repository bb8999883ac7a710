import type { Music } from '@vgm/dataset/node'
import { mlstm } from '@vgm/mlstm'
import {
  differingTerm,
  type GivenTerms,
  type RunTerms,
  runTermsOf,
  runTermsSchema,
  TrainingRun
} from '@vgm/nn/node'
import { requireWritable } from '../../flags/output.js'
import { UsageError } from '../../terminal/errors.js'
import { nameOf } from '../../terminal/files.js'

/**
 * A new run in a folder that can be written to.
 *
 * @throws {RunExistsError} if the folder holds one.
 * @throws {CommandError} if the folder cannot be written to.
 */
export async function beginRun(
  folder: string,
  music: Music,
  terms: Pick<RunTerms, 'initial' | 'license' | 'precision'>
): Promise<TrainingRun<RunTerms>> {
  const run = await TrainingRun.begin(folder, runTermsOf(music, terms))
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
): Promise<TrainingRun<RunTerms>> {
  const run = await TrainingRun.resume(folder, { architecture: mlstm, description: runTermsSchema })
  const differing = differingTerm(run.description, music, {
    ...given,
    ...(given.init !== undefined && { init: nameOf(given.init) })
  })
  if (differing === undefined) return run
  const names = {
    semitones: 'augmentation (--transpose, --no-augment)',
    training: 'the training music',
    validation: 'the validation music',
    initial: `--init ${given.init}`,
    license: `--license ${given.license}`,
    precision: `--precision ${given.precision}`
  }
  throw new UsageError(`${folder}: ${names[differing]} is not what this run began with`)
}
