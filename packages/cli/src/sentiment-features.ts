import { labelledPhrases, readScore, vgmidi } from '@vgm/dataset/node'
import { encode, type Score, vocabulary } from '@vgm/encoding'
import { featureNames } from '@vgm/features'
import { type Engine, finalStates, type Model, meanStates } from '@vgm/mlstm'
import { joinColumns, type Matrix } from '@vgm/probe'
import { descriptorsOf } from './descriptor-matrix.js'
import { CommandError } from './errors.js'
import type { FeatureKind } from './feature-kind.js'
import { kindOf, labelOf, naming } from './files.js'

/** A phrase with its label. */
export interface Phrase {
  readonly path: string
  readonly piece: string
  readonly sentiment: 1 | -1
  readonly score: Score
}

/** How features are computed. */
export interface FeatureOptions {
  /** Called only where states are read. */
  readonly engine: () => Promise<Engine>
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
export function requireBoth(phrases: readonly Phrase[], sources: string): void {
  const positive = phrases.filter(({ sentiment }) => sentiment === 1).length
  if (phrases.length === 0) throw new CommandError(`${sources}: holds no phrases`)
  if (positive > 0 && positive < phrases.length) return
  const only = positive > 0 ? 'positive' : 'negative'
  throw new CommandError(`${sources}: holds ${only} phrases only, expected both kinds`)
}

/**
 * Features of phrases, and the columns' names.
 *
 * A state is the model's after it has read an end of piece, as before every piece in training, and the phrase's words without
 * the end of its own; a mean is over all of these words.
 */
export async function featuresOf(
  kind: FeatureKind,
  scores: readonly Score[],
  model: Model,
  options: FeatureOptions
): Promise<{ readonly features: Matrix; readonly names: readonly string[] }> {
  if (kind === 'descriptors') return { features: descriptorsOf(scores), names: featureNames }
  const states = await statesOf(kind === 'mean' ? meanStates : finalStates, scores, model, options)
  const names = Array.from({ length: model.config.units }, (_, unit) => `unit ${unit}`)
  if (kind === 'tanh') return { features: { ...states, data: states.data.map(Math.tanh) }, names }
  if (kind !== 'both') return { features: states, names }
  return { features: joinColumns(states, descriptorsOf(scores)), names: [...names, ...featureNames] }
}

async function statesOf(
  read: typeof finalStates,
  scores: readonly Score[],
  model: Model,
  { engine, signal, onProgress }: FeatureOptions
): Promise<Matrix & { readonly data: Float32Array }> {
  const endOfPiece = vocabulary.idOf('\n')
  const sequences = scores.map(score => {
    const ids = encode(score)
    // Its own end of piece moves to the front.
    ids.copyWithin(1, 0)
    ids[0] = endOfPiece
    return ids
  })
  const total = sequences.reduce((sum, ids) => sum + ids.length, 0)
  const data = await read(model, sequences, {
    engine: await engine(),
    signal,
    onProgress: words => onProgress?.(words / total, `${words} of ${total} words`)
  })
  return { data, rows: scores.length, columns: model.config.units }
}
