import fc from 'fast-check'
import { type Note, parseMidi, type Score } from '../src/index.js'
import { nearestStep, velocityBin, velocityOfBin } from '../src/words/quantise.js'

const notes: fc.Arbitrary<Note> = fc.record({
  pitch: fc.oneof(fc.integer({ min: 60, max: 62 }), fc.nat(127)),
  velocity: fc.integer({ min: 1, max: 127 }),
  startTick: fc.oneof(fc.nat(40), fc.nat(20_000)),
  durationTicks: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 20_000 })),
  channel: fc.oneof(fc.nat(1), fc.nat(15)),
  program: fc.oneof(fc.nat(1), fc.nat(127))
})

const byTick = <T extends { tick: number }>(changes: T[]) => changes.sort((a, b) => a.tick - b.tick)
const changes = <T extends { tick: number }>(arbitrary: fc.Arbitrary<T>) =>
  fc.uniqueArray(arbitrary, { selector: change => change.tick, maxLength: 6 }).map(byTick)

const tick = fc.oneof(fc.nat(40), fc.nat(20_000))
const tempoBpm = fc.integer({ min: 1, max: 0xffffff }).map(microseconds => 60e6 / microseconds)

const compare = (a: Note, b: Note) =>
  a.startTick - b.startTick ||
  a.pitch - b.pitch ||
  a.channel - b.channel ||
  a.durationTicks - b.durationTicks ||
  a.velocity - b.velocity ||
  a.program - b.program

/** Scores that MIDI can hold to the last bit: notes in order, tempos of whole microseconds, the first at tick 0. */
export const scores: fc.Arbitrary<Score> = fc.record({
  ticksPerQuarter: fc.integer({ min: 1, max: 32767 }),
  notes: fc.array(notes, { minLength: 1, maxLength: 30 }).map(list => list.sort(compare)),
  tempos: fc.tuple(tempoBpm, changes(fc.record({ tick, tempoBpm }))).map(([first, rest]) => {
    return [{ tick: 0, tempoBpm: first }, ...rest.filter(change => change.tick > 0)]
  }),
  timeSignatures: changes(
    fc.record({
      tick,
      numerator: fc.integer({ min: 1, max: 255 }),
      denominator: fc.nat(15).map(power => 2 ** power)
    })
  ),
  keySignatures: changes(
    fc.record({
      tick,
      fifths: fc.integer({ min: -7, max: 7 }),
      mode: fc.constantFrom('major' as const, 'minor' as const)
    })
  )
})

/** The score with velocities that words have. */
export const withWordVelocities = (score: Score): Score => ({
  ...score,
  notes: score.notes.map(each => ({ ...each, velocity: velocityOfBin(velocityBin(each.velocity)) }))
})

/** Scores without percussion that words say as they are, but for durations: onsets and bars are on time steps. */
export const gridScores: fc.Arbitrary<Score> = scores.map(drawn => {
  const ticksPerStep = 24 + (drawn.ticksPerQuarter % 200)
  const onGrid = (tick: number) => nearestStep(tick, 4 * ticksPerStep) * ticksPerStep
  const signatures = drawn.timeSignatures.map(({ tick, numerator, denominator }) => ({
    tick: onGrid(tick),
    numerator: 1 + (numerator % 12),
    denominator: Math.min(denominator, 16)
  }))
  return withWordVelocities({
    ...drawn,
    ticksPerQuarter: 4 * ticksPerStep,
    notes: drawn.notes
      .map(each => ({ ...each, channel: 0, startTick: onGrid(each.startTick) }))
      .sort(compare),
    timeSignatures: signatures.filter(({ tick }, index) => tick !== signatures[index + 1]?.tick)
  })
})

/** What {@link parseMidi} needs to keep every note of a score. */
export const parseAll = (bytes: Uint8Array) => parseMidi(bytes, { includePercussion: true })
