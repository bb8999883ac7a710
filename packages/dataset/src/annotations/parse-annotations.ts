import {
  array,
  getDotPath,
  integer,
  maxValue,
  minLength,
  minValue,
  number,
  object,
  pipe,
  record,
  safeParse,
  string,
  unknown
} from 'valibot'
import { AnnotationFileError, InvalidAnnotationError } from './errors.js'
import type { AnnotatedPiece, Annotation } from './types.js'

/** The contents of a file of annotations. */
export interface AnnotationFile {
  /** The pieces with at least one annotation, in the order in which the file first annotates them. */
  readonly pieces: readonly AnnotatedPiece[]
  /** The ids of annotations whose piece the file does not list. */
  readonly strays: readonly string[]
}

const lists = object({ annotations: record(string(), unknown()), pieces: record(string(), unknown()) })
const ratingMessage = 'a number from -1 to 1'
const rating = pipe(number(ratingMessage), minValue(-1, ratingMessage), maxValue(1, ratingMessage))
const ratings = pipe(array(rating, 'a list of numbers'), minLength(1, 'at least one value'))
const annotationSchema = object({ valence: ratings, arousal: ratings }, 'an object with valence and arousal')
const countMessage = 'a positive integer'
const pieceSchema = object(
  {
    name: string('a text'),
    midi: pipe(string('the name of a MIDI file'), minLength(1, 'the name of a MIDI file')),
    duration: pipe(number('a number of seconds'), minValue(0, 'a number of seconds')),
    measures: pipe(number(countMessage), integer(countMessage), minValue(1, countMessage))
  },
  'an object with name, midi, duration and measures'
)

/**
 * Reads a file of raw annotations: `{ "annotations": { "piece0_1": { "valence": […], "arousal": […] } },
 * "pieces": { "piece0": { "name", "midi", "duration", "measures" } } }`, where an annotation's id begins with its piece's.
 * Facts about the listeners are ignored.
 *
 * @param text The file's text.
 * @param file The file's name, for messages.
 * @throws {AnnotationFileError} if it is no JSON, or lacks one of both lists.
 * @throws {InvalidAnnotationError} naming the annotation and the field, if a value is no number from −1 to 1, or the axes
 *   differ in length; or the piece.
 * @source https://github.com/lucasnfe/vgmidi, tag 0.2
 */
export function parseAnnotations(text: string, file: string): AnnotationFile {
  const content = safeParse(lists, parseJson(text, file))
  if (!content.success) {
    const problem = 'expected an object with "annotations" and "pieces"'
    throw new AnnotationFileError(file, problem)
  }
  const byPiece = new Map<string, Annotation[]>()
  const strays: string[] = []
  for (const [id, entry] of Object.entries(content.output.annotations)) {
    const annotation = parseAnnotation(entry, id, file)
    const piece = id.split('_')[0]!
    if (!Object.hasOwn(content.output.pieces, piece)) strays.push(id)
    else byPiece.set(piece, [...(byPiece.get(piece) ?? []), annotation])
  }
  const pieces = [...byPiece].map(([id, annotations]) =>
    parsePiece(content.output.pieces[id], id, annotations, file)
  )
  return { pieces, strays }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AnnotationFileError(file, `is no JSON: ${(error as Error).message}`, { cause: error })
  }
}

function parseAnnotation(entry: unknown, id: string, file: string): Annotation {
  const where = { file, list: 'annotation', id } as const
  const result = safeParse(annotationSchema, entry, { abortEarly: true })
  if (!result.success) {
    const [issue] = result.issues
    throw new InvalidAnnotationError(where, fieldOf(getDotPath(issue)), issue.message, issue.input)
  }
  const { valence, arousal } = result.output
  if (valence.length !== arousal.length) {
    const expected = `as many values as valence, ${valence.length}`
    throw new InvalidAnnotationError(where, 'arousal', expected, arousal.length)
  }
  return { id, valence, arousal }
}

function parsePiece(
  entry: unknown,
  id: string,
  annotations: readonly Annotation[],
  file: string
): AnnotatedPiece {
  const result = safeParse(pieceSchema, entry, { abortEarly: true })
  if (!result.success) {
    const [issue] = result.issues
    const where = { file, list: 'piece', id } as const
    throw new InvalidAnnotationError(where, fieldOf(getDotPath(issue)), issue.message, issue.input)
  }
  const { name, midi, duration, measures } = result.output
  return { id, name, midi, durationSec: duration, bars: measures, annotations }
}

/** `valence.3` as one would write it. */
function fieldOf(path: string | null): string {
  return (path ?? '').replaceAll(/\.(\d+)/g, '[$1]')
}
