import type { MlstmModel } from '@vgm/mlstm'
import { parametersOf, type TrainEvent, type TrainPosition, type Weights } from '@vgm/nn'
import type { Progress } from './progress.js'
import type { TrainingRun } from './training-run.js'

/** What {@link followTraining} needs besides the events. */
export interface FollowOptions {
  readonly training: TrainingRun
  readonly progress: Progress
  readonly epochs: number
  /** Ends the training after a step and its checkpoint; what was reached is returned. */
  readonly signal: AbortSignal
  /** Whether there is validation music: the best model is kept then, and else the latest. */
  readonly validates: boolean
  /** Writes a model. */
  save(weights: Weights, epoch: number, metrics: MlstmModel['metrics']): Promise<void>
}

/** Where training ended. */
export interface TrainingEnd {
  readonly step: number
  readonly best: TrainPosition['best']
  /** The mean training loss of the last epoch that ended meanwhile, in nats per word. */
  readonly loss?: number
}

/** Shows training's events and keeps what they bring: metrics, checkpoints and models. */
export async function followTraining(
  events: AsyncIterable<TrainEvent>,
  { training, progress, epochs, signal, validates, save }: FollowOptions
): Promise<TrainingEnd> {
  let { step, best }: TrainingEnd = training.checkpoint?.position ?? { step: 0, best: null }
  let loss: number | undefined
  let time = performance.now()
  for await (const event of untilStopped(events, signal)) {
    switch (event.type) {
      case 'step': {
        const now = performance.now()
        const wordsPerSecond = Math.round(event.words / ((now - time) / 1000))
        time = now
        step = event.step
        const { norm, learningRate } = event
        const epoch = event.progress * epochs
        training.record({ step, epoch, loss: event.loss, norm, learningRate, wordsPerSecond })
        progress.update(
          event.progress,
          `epoch ${event.epoch}/${epochs} | loss ${event.loss.toFixed(3)} | ${wordsPerSecond} words/s`
        )
        break
      }
      case 'epoch':
        loss = event.loss
        progress.log(`epoch ${event.epoch}: training loss ${event.loss.toFixed(4)}`)
        break
      case 'validation': {
        const { epoch, crossEntropy, improved } = event
        training.record({ step, epoch, validation: crossEntropy })
        const remark = improved ? ', the best so far' : ''
        progress.log(`epoch ${epoch}: validation ${crossEntropy.toFixed(4)} nats per word${remark}`)
        if (improved !== undefined) {
          best = { crossEntropy, epoch }
          await save(improved, epoch, { validationCrossEntropy: crossEntropy })
        }
        time = performance.now()
        break
      }
      case 'checkpoint': {
        const { checkpoint } = event
        const { epoch, shard, batch } = checkpoint.position
        await training.saveCheckpoint(checkpoint)
        if (shard === 0 && batch === 0) await training.savePlot()
        if (!validates) await save(parametersOf(checkpoint.arrays), epoch, {})
        time = performance.now()
      }
    }
  }
  if (step > 0) await training.savePlot()
  return { step, best, ...(loss !== undefined && { loss }) }
}

/** The events up to the one at which the signal ends them. */
async function* untilStopped(
  events: AsyncIterable<TrainEvent>,
  signal: AbortSignal
): AsyncGenerator<TrainEvent> {
  try {
    yield* events
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error
  }
}
