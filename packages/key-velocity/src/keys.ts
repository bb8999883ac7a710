import { Note } from 'tonal'
import type { Key, Mode } from './types.js'

/** A minor key has the signature of the major key three fifths below: C minor three flats. */
const fifthsOfMode: Readonly<Record<Mode, number>> = { major: 0, minor: -3 }

/** Every way to write a tonic with at most one accidental. */
const tonics = [...'CDEFGAB']
  .flatMap(letter => [letter, `${letter}#`, `${letter}b`])
  .map(name => Note.get(name))

/** Steps along the circle of fifths from C: 1 for G, −1 for F. */
function fifthsOf(tonic: (typeof tonics)[number]): number {
  return tonic.coord?.[0] ?? 0
}

function spell(pitchClass: number, mode: Mode): string {
  const signature = (tonic: (typeof tonics)[number]) => Math.abs(fifthsOf(tonic) + fifthsOfMode[mode])
  const [best] = tonics
    .filter(({ chroma }) => chroma === pitchClass)
    .sort(
      (a, b) =>
        signature(a) - signature(b) ||
        Math.abs(fifthsOf(a)) - Math.abs(fifthsOf(b)) ||
        fifthsOf(b) - fifthsOf(a)
    )
  if (best === undefined) throw new Error(`internal: no tonic of pitch class ${pitchClass}`)
  return best.pc
}

function keysOf(mode: Mode): Key[] {
  const offset = mode === 'major' ? 0 : 12
  return Array.from({ length: 12 }, (_, pitchClass) => {
    const tonic = spell(pitchClass, mode)
    return { tonic, mode, name: `${tonic} ${mode}`, keyIndex: offset + pitchClass }
  })
}

/**
 * The 24 keys by `keyIndex`. Each is spelt with the fewest accidentals in its signature: Db major (5 flats), not C# major
 * (7 sharps), but C# minor (4 sharps). Where six sharps stand against six flats, it is F# major and Eb minor.
 */
export const keys: readonly Key[] = [...keysOf('major'), ...keysOf('minor')]
