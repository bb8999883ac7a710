import type { Piece } from './piece.js'

/** What {@link describePiece} tells of a piece. */
export type DescribedPiece = Pick<Piece, 'seconds' | 'bars' | 'notes'> &
  Partial<Pick<Piece, 'key' | 'transposed' | 'isCut' | 'newFromBar'>>

/** A piece in one line: its length, key and origin, such as `49.2 s of music, 80 notes in 8 bars, in B minor, seed 7`. */
export function describePiece(piece: DescribedPiece, seed?: number): string {
  const { seconds, bars, notes, key, transposed, isCut, newFromBar } = piece
  const parts = [
    `${durationOf(seconds)} of music`,
    `${countNoun(notes, 'note')} in ${countNoun(bars, 'bar')}`
  ]
  const moved = transposed === undefined ? '' : movedBy(transposed)
  if (key !== undefined) parts.push(`in ${key}${moved && ` (${moved})`}`)
  else if (moved !== '') parts.push(moved)
  if (newFromBar !== undefined) parts.push(`new from bar ${newFromBar} on`)
  if (seed !== undefined) parts.push(`seed ${seed}`)
  if (isCut) parts.push('cut, since the model did not end it')
  return parts.join(', ')
}

function movedBy(semitones: number): string {
  return `moved ${semitones > 0 ? 'up' : 'down'} ${countNoun(Math.abs(semitones), 'semitone')}`
}

function durationOf(seconds: number): string {
  const whole = Math.round(seconds)
  return whole < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

function countNoun(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
