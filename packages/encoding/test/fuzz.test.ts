import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  augment,
  closePiece,
  decode,
  EncodingError,
  encode,
  fromText,
  fromWords,
  GrammarError,
  grammar,
  parseMidi,
  type Score,
  toText,
  toWords,
  vocabulary,
  writeMidi
} from '../src/index.js'
import { parseAll, scores } from './arbitrary-score.js'
import { file, on, track } from './bytes.js'
import { walks } from './walk.js'

const anyIds = fc.array(fc.nat(vocabulary.size - 1), { maxLength: 200 })

/** Whether strict decoding takes the ids. */
function isPiece(ids: ArrayLike<number>): boolean {
  try {
    decode(ids, { strict: true })
    return true
  } catch (error) {
    if (error instanceof GrammarError) return false
    throw error
  }
}

/** Fails unless the bytes give a typed error, or a score that comes back equal from a file. */
function scoreOrError(bytes: Uint8Array): void {
  let score: Score
  try {
    score = parseMidi(bytes, { includePercussion: true, sustain: 'extend' })
  } catch (error) {
    if (error instanceof EncodingError) return
    throw error
  }
  expect(parseAll(writeMidi(score))).toEqual(score)
}

describe('bytes', () => {
  test('any bytes give a score or a typed error', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), scoreOrError), { seed: 1, numRuns: 300 })
  })

  test('a file with a few bytes changed gives a score or a typed error', () => {
    const changed = fc
      .tuple(scores, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 }))
      .map(([score, changes]) => {
        const bytes = writeMidi(score)
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte
        return bytes
      })
    fc.assert(fc.property(changed, scoreOrError), { seed: 2, numRuns: 500 })
  })

  test('numbers and lengths that overflow, anywhere in a track, give a score or a typed error', () => {
    const lead = fc.constantFrom(
      [],
      [0],
      [0, 0xf0],
      [0, 0xf7],
      [0, 0xff],
      ...[1, 0x20, 0x51, 0x7f, 0x60].map(type => [0, 0xff, type])
    )
    const number = fc
      .tuple(fc.array(fc.integer({ min: 0x80, max: 0xff }), { maxLength: 12 }), fc.nat(127))
      .map(([high, low]) => [...high, low])
    const piece = fc.tuple(lead, number, fc.array(fc.nat(255), { maxLength: 6 })).map(parts => parts.flat())
    const events = fc.array(fc.oneof(piece, fc.constant(on(0, 60))), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(events, list => scoreOrError(file([track([on(0, 60), ...list])]))),
      { seed: 13, numRuns: 2000 }
    )
  })

  test('a file cut anywhere is a typed error if strict, and else gives a score or a typed error', () => {
    fc.assert(
      fc.property(scores, fc.nat(), (score, cut) => {
        const bytes = writeMidi(score)
        expect(() => parseMidi(bytes.subarray(0, cut % bytes.length), { strict: true })).toThrow(
          EncodingError
        )
        scoreOrError(bytes.subarray(0, cut % bytes.length))
      }),
      { seed: 3 }
    )
  })
})

describe('scores', () => {
  test('come back equal from a file', () => {
    fc.assert(
      fc.property(scores, score => {
        expect(parseAll(writeMidi(score))).toEqual(score)
      }),
      { seed: 4, numRuns: 300 }
    )
  })

  test('give words that the grammar takes and that come back equal', () => {
    fc.assert(
      fc.property(scores, score => {
        const ids = encode({ ...score, ticksPerQuarter: Math.max(score.ticksPerQuarter, 48) })
        expect(encode(decode(ids, { strict: true }))).toEqual(ids)
      }),
      { seed: 5, numRuns: 200 }
    )
  })

  test('lose no note when they are moved', () => {
    fc.assert(
      fc.property(scores, fc.integer({ min: -200, max: 200 }), (score, semitones) => {
        const moved = augment(score, { semitones, tempoFactor: 1.05 })
        expect(moved.notes).toHaveLength(score.notes.length)
        expect(moved.notes.every(({ pitch }) => pitch >= 0 && pitch <= 127)).toBe(true)
        const classes = (notes: typeof moved.notes, shift: number) =>
          notes
            .map(({ pitch, channel }) => (channel === 9 ? pitch : (((pitch + shift) % 12) + 12) % 12))
            .sort()
        expect(classes(moved.notes, 0)).toEqual(classes(score.notes, semitones))
      }),
      { seed: 6 }
    )
  })
})

describe('words', () => {
  test('of a walk through the masks come back equal from a score, from a file and from text', () => {
    fc.assert(
      fc.property(walks, ids => {
        expect(encode(decode(ids, { strict: true }))).toEqual(ids)
        expect(encode(writeMidi(decode(ids)))).toEqual(ids)
        expect(fromText(toText(ids))).toEqual(ids)
      }),
      { seed: 7, numRuns: 500 }
    )
  })

  test('are taken by the grammar exactly if they come back equal', () => {
    const almostPieces = fc
      .tuple(walks, fc.nat(), fc.nat(vocabulary.size - 1), fc.constantFrom('replace', 'insert', 'remove'))
      .map(([walk, at, id, edit]) => {
        const ids = [...walk]
        ids.splice(at % ids.length, edit === 'insert' ? 0 : 1, ...(edit === 'remove' ? [] : [id]))
        return Uint16Array.from(ids)
      })
    let pieces = 0
    fc.assert(
      fc.property(almostPieces, ids => {
        const score = decode(ids)
        const comesBack = score.notes.length > 0 && toText(encode(score)) === toText(ids)
        expect(isPiece(ids)).toBe(comesBack)
        if (comesBack) pieces++
      }),
      { seed: 8, numRuns: 1000 }
    )
    expect(pieces).toBeGreaterThan(50)
    expect(pieces).toBeLessThan(950)
  })

  test('are allowed by the mask exactly if the grammar goes on with them', () => {
    fc.assert(
      fc.property(walks, ids => {
        let state = grammar.initial()
        const mask = new Uint8Array(vocabulary.size)
        for (const id of ids.subarray(0, 40)) {
          grammar.allowed(state, mask)
          const takes = (word: number) => {
            try {
              return grammar.next(state, word) && 1
            } catch {
              return 0
            }
          }
          const probes = [id, 0, 60, 127, 128, 155, 156, 187, 188, 222, 223, 224, state.pitch, state.tempo]
          for (const word of probes) if (word >= 0) expect(takes(word)).toBe(mask[word])
          state = grammar.next(state, id)
        }
      }),
      { seed: 9, numRuns: 50 }
    )
  })

  test('cut anywhere after their first note are closed into a piece', () => {
    fc.assert(
      fc.property(walks, fc.nat(), (ids, draw) => {
        const firstNote = ids.findIndex(id => id < 128) + 1
        const cut = ids.subarray(0, firstNote + (draw % (ids.length - firstNote + 1)))
        const piece = closePiece(cut)
        expect(isPiece(piece)).toBe(true)
        expect(decode(piece).notes).toEqual(decode(cut).notes)
        expect(closePiece(piece)).toEqual(piece)
      }),
      { seed: 10, numRuns: 300 }
    )
  })

  test('in any order give a score, and nothing new once they are put in order', () => {
    fc.assert(
      fc.property(anyIds, ids => {
        const score = decode(ids)
        if (score.notes.length === 0) return
        const ordered = encode(score)
        expect(encode(decode(ordered, { strict: true }))).toEqual(ordered)
        expect(encode(writeMidi(score))).toEqual(ordered)
      }),
      { seed: 11, numRuns: 300 }
    )
  })

  test('come back equal from strings and text in any order', () => {
    fc.assert(
      fc.property(anyIds, list => {
        const ids = Uint16Array.from(list)
        expect(fromWords(toWords(ids))).toEqual(ids)
        expect(fromText(toText(ids))).toEqual(ids)
        expect(fromWords(toText(ids))).toEqual(ids)
      }),
      { seed: 12 }
    )
  })
})
