import type { Checkpoint } from '@vgm/nn'
import { endOfRun } from '@vgm/nn'
import type { RunEvent, RunMusic, RunSummary } from '@vgm/nn/node'
import type { Progress } from '../../terminal/progress.js'
import { countNoun } from '../../terminal/text.js'

/** Shows a run's events. */
export function showTraining(
  { data, words }: RunMusic,
  engine: string,
  progress: Pick<Progress, 'update' | 'log'>
): (event: RunEvent) => void {
  let epochs = 0
  return event => {
    switch (event.type) {
      case 'plan': {
        const { resumed, settings, parameters } = event
        epochs = settings.epochs
        const shards = 'shards' in data ? ` in ${countNoun(data.shards, 'shard')}` : ''
        const pieces = `${countNoun(data.size, 'piece')}${shards}`
        const place = resumed === undefined ? '' : `; going on after step ${resumed.position.step}`
        progress.log(`${pieces}, ${words} words; ${parameters} parameters on ${engine}${place}`)
        progress.log((resumed && adviceToGoOn(resumed)) ?? describePlan(event))
        break
      }
      case 'step': {
        const note = `loss ${event.loss.toFixed(3)} | ${event.wordsPerSecond} words/s`
        progress.update(event.progress, `epoch ${event.epoch}/${epochs} | ${note}`)
        break
      }
      case 'epoch':
        progress.log(`epoch ${event.epoch}: training loss ${event.loss.toFixed(4)}`)
        break
      case 'validation': {
        const { epoch, crossEntropy, improved } = event
        const remark = improved ? ', the best so far' : ''
        progress.log(`epoch ${epoch}: validation ${crossEntropy.toFixed(4)} nats per word${remark}`)
      }
    }
  }
}

/** A plan in words. */
function describePlan({ settings, stepsPerEpoch }: Extract<RunEvent, { type: 'plan' }>): string {
  const { batch, window, epochs, warmUpSteps } = settings
  return (
    `${countNoun(epochs, 'epoch')} of about ${stepsPerEpoch} steps (--batch ${batch}, --window ${window}); ` +
    `the learning rate rises for ${warmUpSteps} steps, then falls to 0`
  )
}

/** How a run that is over goes on, if it is over. */
function adviceToGoOn(checkpoint: Checkpoint): string | undefined {
  const { epochs, patience } = checkpoint.settings
  switch (endOfRun(checkpoint)) {
    case 'epochs':
      return `all ${epochs} epochs are done; --resume --epochs ${2 * epochs} trains on`
    case 'patience':
      return `stopped early, ${patience} epochs after the best; --resume --patience 0 trains on`
    default:
      return undefined
  }
}

/** What a run came to, beside guessing. */
export function summaryLine(model: string, { best, reached, guessing }: RunSummary): string {
  if (reached === undefined) return `wrote ${model}`
  const [what, when] = best === null ? ['training loss', ''] : ['validation', ` (epoch ${best.epoch})`]
  const guess = `guessing by frequency ${guessing.frequencies.toFixed(4)}`
  return `wrote ${model}: ${what} ${reached.toFixed(4)} nats per word${when}, ${guess}`
}

/** What to tell of a model that has learnt next to nothing, and what to do about it. */
export function remarkOn(
  { reached, guessing, noBetterThan }: RunSummary,
  epochs: number
): string | undefined {
  if (noBetterThan === undefined) return undefined
  const guess = noBetterThan === 'uniform' ? 'guessing at random' : 'guessing by the frequency of words'
  const numbers = `${reached?.toFixed(3)} against ${guessing[noBetterThan].toFixed(3)} nats per word`
  const advice = `train it for longer (--resume --epochs ${2 * epochs}), on more music, or at another --learning-rate`
  return `the model predicts no better than ${guess}: ${numbers}; ${advice}`
}
