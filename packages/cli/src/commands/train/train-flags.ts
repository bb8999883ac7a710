import { InvalidOptionError } from '@vgm/base'
import { RunExistsError, RunTermsError, TooFewWordsError } from '@vgm/nn'
import { CommandError, UsageError } from '../../terminal/errors.js'
import type { TrainFlags } from './train-options.js'

/** Settings of the library that `vgm train` calls by another name. */
const renamed: Readonly<Record<string, string>> = {
  'dropout.output': 'dropout',
  'dropout.recurrent': 'recurrent-dropout',
  'dropout.embedding': 'embedding-dropout'
}

/** What a run that is resumed keeps to, by the options of `vgm train`. */
const terms = ({ init, license, precision }: TrainFlags) => ({
  semitones: 'augmentation (--transpose, --no-augment)',
  training: 'the training music',
  validation: 'the validation music',
  initial: `--init ${init}`,
  license: `--license ${license}`,
  precision: `--precision ${precision}`
})

/** An error of training in the words of `vgm train`: settings by their options. Any other error is returned as it is. */
export function inFlags(error: unknown, dir: string, flags: TrainFlags): unknown {
  if (error instanceof InvalidOptionError && error.option === 'transpose') {
    return new UsageError(`${dir}: shards hold their variants already; leave out --transpose`)
  }
  if (error instanceof InvalidOptionError && (error.caller === 'train' || error.caller === 'mlstm')) {
    const { option, problem } = error
    const name = option.replace(/^config\./, '')
    const flag = renamed[name] ?? name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
    return new UsageError(problem.replace(option, `--${flag}`), { cause: error })
  }
  if (error instanceof RunExistsError) {
    const { folder, file } = error
    return new UsageError(`${folder}: holds a ${file} already; go on with --resume, or choose another --out`)
  }
  if (error instanceof RunTermsError) {
    return new UsageError(`${error.folder}: ${terms(flags)[error.term]} is not what this run began with`)
  }
  if (error instanceof TooFewWordsError) {
    const advice = 'a smaller --batch, a shorter --window'
    return new CommandError(error.problem.replace('a smaller batch, a shorter window', advice), {
      cause: error
    })
  }
  return error
}
