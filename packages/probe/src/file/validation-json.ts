import type { Protocol } from '../validation/cross-validate.js'
import type { PermutationBaseline, PermutedScore } from '../validation/permutation.js'
import type { ConfusionMatrix } from '../validation/scores.js'
import type { Summaries, Summary } from '../validation/summary.js'
import { readArray, readBoolean, readInteger, readNumber, readObject, readOptional } from './json-fields.js'
import type { ValidationRecord } from './probe-json.js'

/** @throws {ProbeFormatError} */
export function readValidation(path: string, value: unknown): ValidationRecord {
  const record = readObject(path, value)
  const permuted = readOptional(`${path}.permuted`, record.permuted, (at, each) =>
    readScores(at, each, readPermuted)
  )
  return {
    protocol: readProtocol(`${path}.protocol`, record.protocol),
    majorityRate: readNumber(`${path}.majorityRate`, record.majorityRate, 0, 1),
    scores: readScores(`${path}.scores`, record.scores, readSummary) as Summaries,
    ...(permuted === undefined ? {} : { permuted: permuted as PermutationBaseline }),
    confusion: readConfusion(`${path}.confusion`, record.confusion)
  }
}

function readProtocol(path: string, value: unknown): Protocol {
  const protocol = readObject(path, value)
  const groups = readOptional(`${path}.groups`, protocol.groups, (at, each) => readInteger(at, each, 1))
  return {
    examples: readInteger(`${path}.examples`, protocol.examples, 1),
    folds: readInteger(`${path}.folds`, protocol.folds, 2),
    repeats: readInteger(`${path}.repeats`, protocol.repeats, 1),
    stratified: readBoolean(`${path}.stratified`, protocol.stratified),
    ...(groups === undefined ? {} : { groups }),
    seed: readInteger(`${path}.seed`, protocol.seed, 0)
  }
}

/** Accuracy and log-loss always have a value, the others need not. */
function readScores<T>(path: string, value: unknown, read: (path: string, value: unknown) => T) {
  const scores = readObject(path, value)
  const optional = Object.fromEntries(
    ['balancedAccuracy', 'f1', 'auc']
      .filter(name => scores[name] !== undefined)
      .map(name => [name, read(`${path}.${name}`, scores[name])])
  )
  return {
    accuracy: read(`${path}.accuracy`, scores.accuracy),
    ...optional,
    logLoss: read(`${path}.logLoss`, scores.logLoss)
  }
}

function readSummary(path: string, value: unknown): Summary {
  const summary = readObject(path, value)
  const interval = readArray(`${path}.interval`, summary.interval, readNumber) as number[]
  return {
    mean: readNumber(`${path}.mean`, summary.mean, 0),
    deviation: readNumber(`${path}.deviation`, summary.deviation, 0),
    interval: [
      readNumber(`${path}.interval[0]`, interval[0], 0),
      readNumber(`${path}.interval[1]`, interval[1], 0)
    ],
    folds: readInteger(`${path}.folds`, summary.folds, 2)
  }
}

function readPermuted(path: string, value: unknown): PermutedScore {
  const score = readObject(path, value)
  return {
    mean: readNumber(`${path}.mean`, score.mean, 0),
    values: readArray(`${path}.values`, score.values, (at, each) => readNumber(at, each, 0)),
    pValue: readNumber(`${path}.pValue`, score.pValue, 0, 1)
  }
}

function readConfusion(path: string, value: unknown): ConfusionMatrix {
  const confusion = readObject(path, value)
  const count = (name: keyof ConfusionMatrix) => readInteger(`${path}.${name}`, confusion[name], 0)
  return {
    truePositives: count('truePositives'),
    falsePositives: count('falsePositives'),
    trueNegatives: count('trueNegatives'),
    falseNegatives: count('falseNegatives')
  }
}
