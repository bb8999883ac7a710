import { adamScalars } from './adam.js'
import { type Classifier, classifierOf, ProgramsByLength } from './classifier.js'
import { batchIds, shuffledBatches } from './classifier-batches.js'
import { classifierSpecs, classifierStep, classifierStepSpecs } from './classifier-step.js'
import { drawMasks, noDropout } from './dropout.js'
import { eager } from './eager.js'
import { InvalidOptionError, NotFiniteError, requireInteger, requirePositive, ShapeError } from './errors.js'
import { requireWordIds } from './ids.js'
import { initialWeights, parameterNames, sizeOf } from './parameters.js'
import { createRandom } from './random.js'
import { readFiniteScalars } from './read-finite-scalars.js'
import { readValue } from './read-value.js'
import { release } from './release.js'
import { learningRateAt } from './schedule.js'
import type { Engine, Handle, ModelConfig, Value } from './types.js'

/** Sequences with their labels: 1 for positive, 0 or −1 for negative ones. */
export interface LabelledSequences {
  readonly sequences: readonly ArrayLike<number>[]
  readonly labels: ArrayLike<number>
}

/** What {@link trainClassifier} takes besides the sizes and the examples. */
export interface ClassifierOptions {
  /** The id that fills sequences up: that of a silent time step. */
  readonly padding: number
  /** Where it comes: before a sequence, or after it, so that a state has to outlast it (default: `start`). */
  readonly side?: 'start' | 'end'
  /** By default {@link eager} with the backend tfjs has set. */
  readonly engine?: Engine
  /** Walks through all examples (default: 8). */
  readonly epochs?: number
  /** `B`, the sequences that are read side by side (default: 32). */
  readonly rows?: number
  /** Adam's; falls linearly to 0 at the end of the run (default: 0.002). */
  readonly learningRate?: number
  /** Share of the last hidden state that is left out in training, 0 to below 1 (default: 0). */
  readonly dropout?: number
  /** Decides the first weights, the order, and what is left out (default: 0). */
  readonly seed?: number
  /** Examples to measure on after every epoch: the weights of the epoch that is best on them are kept. */
  readonly validation?: LabelledSequences
  /** Ends the run after so many epochs in a row that were not the best in validation; 0: never (default: 2). */
  readonly patience?: number
  /** Is told after every step what share of the run is done, and the batch's loss in nats per example. */
  readonly onProgress?: (share: number, loss: number) => void
  /** Stops the training with the signal's reason. */
  readonly signal?: AbortSignal
}

function requireOptions(config: ModelConfig, options: ClassifierOptions) {
  const { padding, side = 'start', epochs = 8, rows = 32, learningRate = 2e-3 } = options
  const { dropout = 0, seed = 0, patience = 2 } = options
  requireInteger('trainClassifier.padding', padding, 0, config.vocabularySize - 1)
  requireInteger('trainClassifier.epochs', epochs, 1)
  requireInteger('trainClassifier.rows', rows, 1)
  requireInteger('trainClassifier.patience', patience, 0)
  requirePositive('trainClassifier.learningRate', learningRate)
  if (!(dropout >= 0 && dropout < 1)) {
    throw new InvalidOptionError('trainClassifier.dropout', 'a number from 0 to below 1', dropout)
  }
  if (side !== 'start' && side !== 'end') {
    throw new InvalidOptionError('trainClassifier.side', 'start or end', side)
  }
  return { filling: { padding, side }, epochs, rows, learningRate, dropout, seed, patience }
}

/** The examples, 1 for positive and 0 for negative ones. */
function requireExamples(config: ModelConfig, option: string, { sequences, labels }: LabelledSequences) {
  requireWordIds(`${option}sequences`, sequences, config.vocabularySize)
  if (labels.length !== sequences.length) {
    throw new ShapeError(`${option}labels`, `${sequences.length} values`, `${labels.length}`)
  }
  const classes = Int32Array.from(labels, (label, index) => {
    if (label === 1 || label === 0 || label === -1) return label === 1 ? 1 : 0
    throw new InvalidOptionError(`${option}labels[${index}]`, '1, 0 or -1', label)
  })
  return { sequences, classes }
}

/** Parameters, first and second moments: a language model's fresh weights, and a last layer that leans to neither side. */
function initialArrays(config: ModelConfig, seed: number): Float32Array[] {
  const weights = initialWeights(config, seed)
  const zeros = () => classifierSpecs(config).map(({ shape }) => new Float32Array(sizeOf(shape)))
  const last = zeros().slice(-2)
  return [...parameterNames.slice(0, -2).map(name => weights[name]), ...last, ...zeros(), ...zeros()]
}

async function readParameters(values: readonly Value[]): Promise<Float32Array[]> {
  const parameters = values.slice(0, parameterNames.length)
  return (await Promise.all(parameters.map(readValue))) as Float32Array[]
}

/** The mean cross-entropy of probabilities, in nats; none is taken for more certain than float32 can say. */
function meanCrossEntropy(probabilities: Float64Array, classes: Int32Array): number {
  const losses = probabilities.map((p, k) => -Math.log(Math.max(1e-7, classes[k] === 1 ? p : 1 - p)))
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
}

/**
 * Trains an mLSTM to tell sequences of two kinds apart, from labelled examples alone: the cell of the language model with fresh
 * weights, and a logistic unit on the hidden state after the last word. The sequences of a batch are filled up with `padding`
 * to one length. Binary cross-entropy, gradient through all words, of norm 1 at most, Adam.
 *
 * @param config The sizes of the mLSTM.
 * @param sequences The ids of each example, `N` of them.
 * @param labels 1 for positive, 0 or −1 for negative examples, `[N]`.
 * @throws {InvalidOptionError} if a setting, an id or a label is out of range, or all labels are the same.
 * @throws {ShapeError} if there are not as many labels as sequences.
 * @throws {NotFiniteError} if training diverges: a loss, or the norm of a gradient, is not finite.
 * @source Ferreira & Whitehead 2019, §5: the supervised mLSTM
 */
export async function trainClassifier(
  config: ModelConfig,
  sequences: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  options: ClassifierOptions
): Promise<Classifier> {
  const { filling, epochs, rows, learningRate, dropout, seed, patience } = requireOptions(config, options)
  const { classes } = requireExamples(config, 'trainClassifier.', { sequences, labels })
  if (!classes.includes(1) || !classes.includes(0)) {
    throw new InvalidOptionError('trainClassifier.labels', 'examples of both kinds', `only ${labels[0]}`)
  }
  const { validation, signal, onProgress } = options
  const unseen = validation && requireExamples(config, 'trainClassifier.validation.', validation)
  const engine = options.engine ?? (await eager())
  const random = createRandom(seed)
  const programs = new ProgramsByLength(words =>
    engine.compile(classifierStep, classifierStepSpecs(config, { rows, words }), { key: 'classifier-step' })
  )
  const maskOf = (step: number) =>
    drawMasks({ ...noDropout, outputDropout: dropout }, config, rows, { seed, step })[0] ??
    new Float32Array(rows * config.units).fill(1)

  let values: readonly Value[] = initialArrays(config, seed)
  let owned: readonly Handle[] = []
  let best: { readonly loss: number; readonly classifier: Classifier } | undefined
  let step = 0
  try {
    for (let epoch = 1; ; epoch++) {
      const batches = shuffledBatches(sequences, rows, random)
      for (const [done, batch] of batches.entries()) {
        signal?.throwIfAborted()
        const { rate, correction } = adamScalars(
          ++step,
          learningRateAt({ learningRate, warmUpSteps: 0 }, step, (epoch - 1 + done / batches.length) / epochs)
        )
        const program = await programs.of(batch)
        const outputs = await program.run([
          ...values,
          batchIds(sequences, batch, rows, filling),
          Int32Array.from({ length: rows }, (_, row) => classes[batch.indices[row] ?? 0]!),
          Float32Array.from({ length: rows }, (_, row) => (row < batch.indices.length ? 1 / rows : 0)),
          maskOf(step),
          Float32Array.of(rate),
          Float32Array.of(correction)
        ])
        const [loss] = await readFiniteScalars(outputs, [
          `the loss of step ${step}`,
          `the norm of step ${step}`
        ])
        release(owned)
        values = owned = outputs.slice(2)
        onProgress?.(
          (epoch - 1 + (done + 1) / batches.length) / epochs,
          (loss! * rows) / batch.indices.length
        )
      }
      if (unseen === undefined && epoch < epochs) continue
      const arrays = await readParameters(values)
      const classifier = classifierOf(config, arrays, epoch, { engine, rows, filling })
      if (unseen === undefined) return classifier
      const loss = meanCrossEntropy(await classifier.probabilities(unseen.sequences, signal), unseen.classes)
      if (!Number.isFinite(loss)) throw new NotFiniteError(`the validation loss after epoch ${epoch}`)
      if (best === undefined || loss < best.loss) best = { loss, classifier }
      const isOver = epoch === epochs || (patience > 0 && epoch - best.classifier.epoch >= patience)
      if (isOver) return best.classifier
    }
  } finally {
    release(owned)
    programs.dispose()
  }
}
