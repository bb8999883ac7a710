import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { labelledPhrases, readScore, vgmidi } from '@vgm/dataset/node'
import { encode, type Score, vocabulary } from '@vgm/encoding'
import { describe, featureNames } from '@vgm/features'
import { type Engine, finalStates, type Model } from '@vgm/mlstm'
import { joinColumns, type Matrix } from '@vgm/probe'
import { CommandError } from './errors.js'
import { kindOf, labelOf, naming } from './files.js'

/** What a probe sees of a phrase: the model's final cell state, musical descriptors, or both side by side. */
export type FeatureKind = 'states' | 'descriptors' | 'both'

/** A phrase with its label. */
export interface Phrase {
  readonly path: string
  readonly piece: string
  readonly sentiment: 1 | -1
  readonly score: Score
}

/** How features are computed. */
export interface FeatureOptions {
  readonly engine: Engine
  readonly signal: AbortSignal
  readonly onProgress?: (share: number, note: string) => void
}

/**
 * The labelled phrases of CSV files, or of folders that hold VGMIDI 0.1.
 *
 * @throws {CommandError} naming the file, the row and the column of what is wrong.
 */
export async function readPhrases(sources: readonly string[]): Promise<Phrase[]> {
  const phrases: Phrase[] = []
  for (const source of sources) {
    const isFolder = (await kindOf(source)) === 'folder'
    await naming(source, async () => {
      for await (const { path, piece, sentiment } of isFolder ? vgmidi(source) : labelledPhrases(source)) {
        phrases.push({ path, piece, sentiment, score: await readScore({ path }) })
      }
    })
  }
  requireBoth(phrases, sources.map(labelOf).join(', '))
  return phrases
}

/** Throws unless there are positive and negative phrases. */
function requireBoth(phrases: readonly Phrase[], sources: string): void {
  const positive = phrases.filter(({ sentiment }) => sentiment === 1).length
  if (phrases.length === 0) throw new CommandError(`${sources}: holds no phrases`)
  if (positive > 0 && positive < phrases.length) return
  const only = positive > 0 ? 'positive' : 'negative'
  throw new CommandError(`${sources}: holds ${only} phrases only, expected both kinds`)
}

/**
 * Features of phrases, and the columns' names where they have any.
 *
 * A state is the model's after it has read an end of piece, as before every piece in training, and the phrase's words without
 * the end of its own.
 */
export async function featuresOf(
  kind: FeatureKind,
  scores: readonly Score[],
  model: Model,
  options: FeatureOptions
): Promise<{ readonly features: Matrix; readonly names: readonly string[] }> {
  const parts: { features: Matrix; names: readonly string[] }[] = []
  if (kind !== 'descriptors') {
    const names = Array.from({ length: model.config.units }, (_, unit) => `unit ${unit}`)
    parts.push({ features: await statesOf(scores, model, options), names })
  }
  if (kind !== 'states') parts.push({ features: descriptorsOf(scores), names: featureNames })
  return parts.reduce((a, b) => ({
    features: joinColumns(a.features, b.features),
    names: [...a.names, ...b.names]
  }))
}

async function statesOf(
  scores: readonly Score[],
  model: Model,
  { engine, signal, onProgress }: FeatureOptions
): Promise<Matrix> {
  const endOfPiece = vocabulary.idOf('\n')
  const sequences = scores.map(score => Uint16Array.of(endOfPiece, ...encode(score).subarray(0, -1)))
  const total = sequences.reduce((sum, ids) => sum + ids.length, 0)
  const data = await finalStates(model, sequences, {
    engine,
    signal,
    onProgress: words => onProgress?.(words / total, `${words} of ${total} words`)
  })
  return { data, rows: scores.length, columns: model.config.units }
}

function descriptorsOf(scores: readonly Score[]): Matrix {
  const data = scores.flatMap(score => [...describe(score.notes, score).values])
  return { data: Float64Array.from(data), rows: scores.length, columns: featureNames.length }
}

/** What tells a model from every other: a digest of its weights. */
export function modelDigest({ weights }: Model): string {
  const hash = createHash('sha256')
  for (const name of Object.keys(weights).sort()) {
    const values = weights[name as keyof typeof weights]
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  }
  return `sha256:${hash.digest('hex')}`
}

/** Where a model folder keeps a probe. */
export function probePath(folder: string, name: string): string {
  return join(folder, 'probes', `${name}.json`)
}
