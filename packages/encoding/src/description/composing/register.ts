import { firstId } from '../../words/vocabulary.js'

/** A note lies at most so far from the mean that the notes of its bar still need. */
const furthest = 18

/**
 * Keeps of the pitches that are allowed those from which a bar can still reach its mean pitch. Where none is left, all stay.
 *
 * @param state The planned mean and number of notes of the bar, and the pitches so far.
 */
export function allowRegister(
  mask: Uint8Array,
  {
    mean,
    planned,
    pitches
  }: { readonly mean: number; readonly planned: number; readonly pitches: readonly number[] }
): void {
  const toCome = Math.max(1, planned - pitches.length)
  const sum = pitches.reduce((total, pitch) => total + pitch, 0)
  const needed = (mean * (pitches.length + toCome) - sum) / toCome
  const isNear = (pitch: number) => Math.abs(pitch - needed) <= furthest
  const allowed = mask.subarray(0, firstId.duration)
  if (!allowed.some((is, pitch) => is === 1 && isNear(pitch))) return
  for (let pitch = 0; pitch < allowed.length; pitch++) if (!isNear(pitch)) allowed[pitch] = 0
}
