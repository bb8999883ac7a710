import { cast, logSoftmax, mul, neg, oneHot, sum, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'

/** Rows of zeros with a one where each id says, `[N, V]`. */
export function hotRows(ids: Tensor1D, vocabularySize: number): Tensor2D {
  return cast(oneHot(ids, vocabularySize), 'float32') as Tensor2D
}

/** Minus the log-probability of each row's next token in nats, `[N]`, from logits `[N, V]`. */
export function crossEntropyOf(logits: Tensor2D, targets: Tensor1D): Tensor1D {
  return neg(sum(mul(hotRows(targets, logits.shape[1]), logSoftmax(logits)), 1)) as Tensor1D
}
