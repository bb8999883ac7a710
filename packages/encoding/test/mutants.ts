import { performance } from 'node:perf_hooks'
import { EncodingError, encode, LimitError, parseMidi, writeMidi } from '../src/index.js'
import { file, off, on, pedal, program, tempo, track } from './bytes.js'
import { score } from './scores.js'

/** Integers from 0 to below a bound. */
export type Draw = (bound: number) => number

/** Mulberry32: the same numbers for the same seed. */
export function seeded(seed: number): Draw {
  let state = seed
  return bound => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((((mixed ^ (mixed >>> 14)) >>> 0) * bound) / 2 ** 32) | 0
  }
}

/** Files as programs make them: several tracks, texts, pedals, ports, exclusive messages, running status. */
export function soundFiles(draw: Draw): Uint8Array[] {
  const notes = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      pitch: 36 + draw(60),
      velocity: 1 + draw(127),
      startTick: 120 * index + draw(40),
      durationTicks: 1 + draw(960),
      channel: draw(16),
      program: draw(128)
    }))
  const written = Array.from({ length: 8 }, () => writeMidi(score(notes(20 + draw(300)))))
  const text = [0, 0xff, 3, 5, 80, 105, 97, 110, 111]
  const port = [0, 0xff, 0x21, 1, draw(4)]
  const reset = [0, 0xf0, 5, 0x7e, 0x7f, 9, 1, 0xf7]
  const signatures = [0, 0xff, 0x58, 4, 3, 2, 24, 8, 0, 0xff, 0x59, 2, 0xfd, 1]
  const running = Array.from({ length: 60 }, () => [draw(100), 40 + draw(40), draw(2) * 70])
  const melody = Array.from({ length: 40 }, () => [
    on(draw(60), 50 + draw(20)),
    off(draw(90), 50 + draw(20))
  ]).flat()
  const tracks = [
    track([text, signatures, tempo(0, 500_000), tempo(90, 400_000)], 100),
    track([text, port, reset, program(0, 12), pedal(0, 127), ...melody, pedal(20, 0), [0, 0xb0, 123, 0]]),
    track([text, on(0, 60), ...running], 20)
  ]
  return [...written, file(tracks), file(tracks, 2), file(tracks.slice(2), 0), file(tracks, 1, 0xe728)]
}

type Mutation = (bytes: Uint8Array, draw: Draw, other: Uint8Array) => Uint8Array

function join(...parts: readonly ArrayLike<number>[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

const telling = [0x00, 0x01, 0x7f, 0x80, 0xff, 0xf0, 0xf7, 0x2f, 0x90, 0xc0, 0xb0]

const mutations: readonly Mutation[] = [
  function flipBits(bytes, draw) {
    const mutant = bytes.slice()
    for (let count = 1 + draw(20); count > 0; count--) mutant[draw(mutant.length)]! ^= 1 << draw(8)
    return mutant
  },
  function replaceBytes(bytes, draw) {
    const mutant = bytes.slice()
    for (let count = 1 + draw(10); count > 0; count--)
      mutant[draw(mutant.length)] = telling[draw(telling.length)]!
    return mutant
  },
  function cut(bytes, draw) {
    return bytes.slice(0, draw(bytes.length))
  },
  function remove(bytes, draw) {
    const from = draw(bytes.length)
    return join(bytes.subarray(0, from), bytes.subarray(from + 1 + draw(200)))
  },
  function repeat(bytes, draw) {
    const from = draw(bytes.length)
    return join(bytes.subarray(0, from + draw(400)), bytes.subarray(from))
  },
  function splice(bytes, draw, other) {
    const from = draw(other.length)
    return join(
      bytes.subarray(0, draw(bytes.length)),
      other.subarray(from, from + draw(2000)),
      bytes.subarray(draw(bytes.length))
    )
  },
  function changeHeader(bytes, draw) {
    const mutant = bytes.slice()
    mutant[4 + draw(10)] = draw(256)
    return mutant
  },
  function changeLength(bytes, draw) {
    const mutant = bytes.slice()
    const tracks = [...mutant.keys()].filter(
      at => mutant[at] === 0x4d && mutant[at + 1] === 0x54 && mutant[at + 3] === 0x6b
    )
    const at = tracks[draw(tracks.length)] ?? 0
    const length = [0, draw(4) === 0 ? draw(256) : 0, draw(64), draw(256)]
    const room = Math.max(0, mutant.length - at - 4)
    if (room > 0) mutant.set(length.slice(0, room), at + 4)
    return mutant
  },
  function fill(bytes, draw) {
    const from = draw(bytes.length)
    return bytes.slice().fill(telling[draw(telling.length)]!, from, from + draw(100))
  },
  function prefix(bytes, draw) {
    return join(
      Array.from({ length: draw(300) }, () => draw(256)),
      bytes
    )
  }
]

/** How many mutants gave a score, which errors the others gave, and the longest that one took, in milliseconds. */
export interface MutantReport {
  scores: number
  warned: number
  readonly errors: Record<string, number>
  slowest: number
}

/**
 * Reads mutants of files, every tenth strictly, and encodes their scores.
 *
 * @throws if an error is none of this package, or a score that was read is refused for another reason than its length.
 */
export function readMutants(files: readonly Uint8Array[], count: number, draw: Draw): MutantReport {
  const report: MutantReport = { scores: 0, warned: 0, errors: {}, slowest: 0 }
  for (let index = 0; index < count; index++) {
    let mutant = files[draw(files.length)]!
    for (let times = 1 + draw(2); times > 0 && mutant.length > 0; times--) {
      mutant = mutations[draw(mutations.length)]!(mutant, draw, files[draw(files.length)]!)
    }
    const options = {
      strict: index % 10 === 0,
      includePercussion: index % 2 === 0,
      sustain: index % 3 ? 'ignore' : 'extend'
    } as const
    let warnings = 0
    const { result, milliseconds } = timed(() => outcome(mutant, { ...options, onWarning: () => warnings++ }))
    if (result === undefined) report.scores++
    else report.errors[result] = (report.errors[result] ?? 0) + 1
    if (warnings > 0) report.warned++
    report.slowest = Math.max(report.slowest, milliseconds)
  }
  return report
}

/** The code of the error that reading gives, if it gives one. */
function outcome(bytes: Uint8Array, options: Parameters<typeof parseMidi>[1]): string | undefined {
  let read: ReturnType<typeof parseMidi>
  try {
    read = parseMidi(bytes, options)
  } catch (error) {
    if (error instanceof EncodingError) return error.code
    throw error
  }
  try {
    encode(read, { trimStart: true, tempo: 'fit', durations: 'written' })
    return undefined
  } catch (error) {
    if (error instanceof LimitError && error.limit === 'maxSteps') return undefined
    throw error
  }
}

/** The time of the call, of the processor or of the clock, whichever is shorter: other processes may run meanwhile. */
function timed<Result>(call: () => Result): { result: Result; milliseconds: number } {
  const start = performance.now()
  const processor = process.cpuUsage()
  const result = call()
  const milliseconds = performance.now() - start
  const { user, system } = process.cpuUsage(processor)
  return { result, milliseconds: Math.min(milliseconds, (user + system) / 1000) }
}
