import { basename, join } from 'node:path'
import { MissingFileError } from '../errors.js'
import { kindOfPath } from '../loaders/data-files.js'
import { readScore } from '../loaders/read-score.js'
import { type Agreement, measureAgreement } from './agreement.js'
import { type CutPiece, cutPhrases } from './cut-phrases.js'
import { InvalidAnnotationError } from './errors.js'
import { plotClusterSummary, plotSignSummary } from './plot-summary.js'
import type { ReadAnnotations } from './read-annotations.js'
import { type ClusterRuleOptions, summarizeByClusters } from './summarize-by-clusters.js'
import { type SignRuleOptions, summarizeBySign } from './summarize-by-sign.js'
import type { AnnotatedPiece, PhraseSpan } from './types.js'

/** The rule that turns annotations into phrases, with its options. */
export type SummaryRule =
  | { readonly rule: 'sign'; readonly options?: SignRuleOptions }
  | { readonly rule: 'clusters'; readonly options?: ClusterRuleOptions }

/** A piece with its phrases. */
export interface SummarizedPiece {
  readonly piece: AnnotatedPiece
  /** The piece's MIDI file. */
  readonly path: string
  readonly spans: readonly PhraseSpan[]
  readonly cut: CutPiece
  /** Of all the piece's listeners on valence. */
  readonly agreement: Agreement
  /** Draws the figure of the rule's steps, as SVG. */
  readonly plot: () => string
}

/**
 * Summarizes annotated pieces one after the other, and cuts them into phrases.
 *
 * @param midiFolder Holds the MIDI file that each piece names.
 * @throws {MissingFileError | UnreadableScoreError} naming the MIDI file; before the first piece, where one is missing.
 * @throws {InvalidAnnotationError} if two pieces name the same MIDI file.
 * @throws {TooFewAnnotationsError} if a piece has too few annotations for the rule.
 */
export async function* summarizePieces(
  files: readonly ReadAnnotations[],
  midiFolder: string,
  rule: SummaryRule
): AsyncGenerator<SummarizedPiece> {
  const pieces = files.flatMap(file => file.pieces)
  await requireMidi(files, midiFolder)
  for (const piece of pieces) yield await summarizePiece(piece, midiPath(piece, midiFolder), rule)
}

/** Every piece has a MIDI file, and each its own: phrases are named after it. */
async function requireMidi(files: readonly ReadAnnotations[], midiFolder: string): Promise<void> {
  const seen = new Set<string>()
  for (const file of files) {
    for (const piece of file.pieces) {
      const path = midiPath(piece, midiFolder)
      if (seen.has(path)) {
        const where = { file: basename(file.path), list: 'piece', id: piece.id } as const
        throw new InvalidAnnotationError(where, 'midi', 'a MIDI file that no other piece has', piece.midi)
      }
      if ((await kindOfPath(path)) !== 'file') {
        throw new MissingFileError(path, `the MIDI file of ${piece.id}, "${piece.name}"`)
      }
      seen.add(path)
    }
  }
}

async function summarizePiece(
  piece: AnnotatedPiece,
  path: string,
  rule: SummaryRule
): Promise<SummarizedPiece> {
  const valence = piece.annotations.map(annotation => annotation.valence)
  const arousal = piece.annotations.map(annotation => annotation.arousal)
  const { spans, plot } = applyRule(rule, valence, arousal, piece.name)
  const score = await readScore({ path })
  return { piece, path, spans, cut: cutPhrases(score, spans), agreement: measureAgreement(valence), plot }
}

function applyRule(
  rule: SummaryRule,
  valence: readonly (readonly number[])[],
  arousal: readonly (readonly number[])[],
  title: string
): { readonly spans: readonly PhraseSpan[]; readonly plot: () => string } {
  if (rule.rule === 'sign') {
    const summary = summarizeBySign({ valence, arousal }, rule.options)
    return { spans: summary.spans, plot: () => plotSignSummary({ valence, arousal }, summary, { title }) }
  }
  const summary = summarizeByClusters(valence, rule.options)
  return { spans: summary.spans, plot: () => plotClusterSummary(valence, summary, { title }) }
}

/** The file's name alone counts, so that no annotation can lead out of the folder. */
function midiPath(piece: AnnotatedPiece, folder: string): string {
  return join(folder, basename(piece.midi))
}
