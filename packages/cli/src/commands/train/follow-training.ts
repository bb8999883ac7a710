import { plotLoss } from '@vgm/charts'
import type { Checkpoint, MusicSize, TrainPosition } from '@vgm/nn'
import { endOfRun, stepsPerEpoch } from '@vgm/nn'
import { type RunEvent, type RunSettings, type RunTerms, type TrainingRun, writeFiles } from '@vgm/nn/node'
import { withProgress } from '../../terminal/progress.js'
import { countNoun } from '../../terminal/text.js'

/** What {@link followTraining} needs besides the events. */
export interface FollowOptions {
  readonly run: TrainingRun<RunTerms>
  readonly size: MusicSize
  /** What is trained on what, for the first line. */
  readonly title: string
  /** Ends the training after a step and its checkpoint; what was reached is returned. */
  readonly signal: AbortSignal
}

/** Where training ended. */
export interface TrainingEnd {
  readonly step: number
  readonly best: TrainPosition['best']
  /** The mean training loss of the last epoch that ended meanwhile, in nats per word. */
  readonly loss: number | undefined
  /** How many epochs the run was to have. */
  readonly epochs: number
}

/** Shows a run's events, and draws its losses into its folder. */
export function followTraining(
  events: AsyncIterable<RunEvent>,
  { run, size, title, signal }: FollowOptions
): Promise<TrainingEnd> {
  let { step, best }: Pick<TrainingEnd, 'step' | 'best'> = run.checkpoint?.position ?? { step: 0, best: null }
  let loss: number | undefined
  let epochs = 0
  let drawn = 0
  const draw = async () => {
    const { training, validation } = run.losses
    const points = training.length + validation.length
    if (points === drawn) return
    await writeFiles(run.folder, { 'loss.svg': plotLoss(training, validation) })
    drawn = points
  }
  return withProgress('training', async progress => {
    for await (const event of untilStopped(events, signal)) {
      switch (event.type) {
        case 'plan': {
          const { resumed, settings } = event
          epochs = settings.epochs
          progress.log(title + (resumed === undefined ? '' : `; going on after step ${step}`))
          progress.log((resumed && adviceToGoOn(resumed)) ?? describePlan(size, settings))
          break
        }
        case 'step': {
          step = event.step
          const note = `loss ${event.loss.toFixed(3)} | ${event.wordsPerSecond} words/s`
          progress.update(event.progress, `epoch ${event.epoch}/${epochs} | ${note}`)
          break
        }
        case 'epoch':
          loss = event.loss
          progress.log(`epoch ${event.epoch}: training loss ${event.loss.toFixed(4)}`)
          break
        case 'validation': {
          const { epoch, crossEntropy, improved } = event
          const remark = improved ? ', the best so far' : ''
          progress.log(`epoch ${epoch}: validation ${crossEntropy.toFixed(4)} nats per word${remark}`)
          if (improved !== undefined) best = { crossEntropy, epoch }
          break
        }
        case 'checkpoint': {
          const { shard, batch } = event.checkpoint.position
          if (shard === 0 && batch === 0) await draw()
        }
      }
    }
    if (step > 0) await draw()
    return { step, best, loss, epochs }
  })
}

/** A plan in words. */
function describePlan(size: MusicSize, plan: RunSettings): string {
  const { batch, window, epochs, warmUpSteps } = plan
  const steps = stepsPerEpoch(size, plan)
  return (
    `${countNoun(epochs, 'epoch')} of about ${steps} steps (--batch ${batch}, --window ${window}); ` +
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

/** The events up to the one at which the signal ends them. */
async function* untilStopped<T>(events: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  try {
    yield* events
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error
  }
}
