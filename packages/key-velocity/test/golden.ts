import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { estimateKey, type NoteSource, type ProfileName } from '../src/index.js'

/** What music21-keys.py writes. */
interface GoldenFile<Entry> {
  readonly music21: string
  /** `correlation` and then the profiles whose keyIndex follows it. */
  readonly columns: readonly string[]
  readonly keys: Readonly<Record<string, Entry>>
}

/** The correlation of the Krumhansl-Kessler key, and the keyIndex by each of {@link goldenProfiles}. */
export type GoldenKey = readonly number[]

export interface SyntheticPhrase {
  /** Pitch, start and length in ticks, at 480 per quarter. */
  readonly notes: readonly (readonly [number, number, number])[]
  readonly keys: GoldenKey
}

/** The profiles that music21 has. */
const goldenProfiles: readonly ProfileName[] = [
  'krumhansl-kessler',
  'temperley',
  'aarden-essen',
  'bellman-budge'
]

export function readGolden<Entry>(name: string): [string, Entry][] {
  const text = readFileSync(join(import.meta.dirname, 'golden', name), 'utf8')
  return Object.entries((JSON.parse(text) as GoldenFile<Entry>).keys)
}

/** Our numbers in the golden files' form. */
export function goldenOf(notes: NoteSource): number[] {
  const keys = goldenProfiles.map(profile => estimateKey(notes, { profile }))
  return [keys[0]?.correlation ?? Number.NaN, ...keys.map(({ keyIndex }) => keyIndex)]
}
