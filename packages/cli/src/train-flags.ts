import { CommandError, UsageError } from './errors.js'

/** Settings of the library that `vgm train` calls by another name. */
const renamed: Readonly<Record<string, string>> = { lanes: 'batch', outputDropout: 'dropout' }

/** An error of training in the words of `vgm train`: settings by their options. Any other error is returned as it is. */
export function inFlags(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { name, message, option, code } = error as Error & { option?: string; code?: string }
  if (name === 'InvalidOptionError' && option?.startsWith('train.')) {
    const setting = option.slice(option.lastIndexOf('.') + 1)
    const flag = renamed[setting] ?? setting.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
    return new UsageError(message.replace(option, `--${flag}`), { cause: error })
  }
  if (code === 'too-few-words') {
    const advice = 'a smaller --batch, a shorter --window'
    return new CommandError(message.replace('fewer lanes, a shorter window', advice), { cause: error })
  }
  return error
}
