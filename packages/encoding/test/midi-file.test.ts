import fc from 'fast-check'
import { type MidiEvent, parseMidi, writeMidi } from 'midi-file'
import { expect, test } from 'vitest'
import { chunkLength } from '../src/midi/chunks.js'
import { Defects } from '../src/midi/defects.js'
import { TrackReader } from '../src/midi/track-reader.js'

const data = fc.nat(127)
const channel = fc.nat(15)
const deltaTime = fc.oneof(fc.nat(200), fc.nat(0x0fffffff))
const constant = <const T extends string>(type: T) => fc.constant(type)
const text = fc.string({ maxLength: 200 })
const block = fc.array(fc.nat(255), { maxLength: 200 })

/** Every kind of event that midi-file writes and reads back. */
const events: fc.Arbitrary<MidiEvent> = fc.oneof(
  fc.record({ deltaTime, type: constant('noteOn'), channel, noteNumber: data, velocity: fc.nat(127) }),
  fc.record({ deltaTime, type: constant('noteOff'), channel, noteNumber: data, velocity: data }),
  fc.record({ deltaTime, type: constant('noteAftertouch'), channel, noteNumber: data, amount: data }),
  fc.record({ deltaTime, type: constant('controller'), channel, controllerType: data, value: data }),
  fc.record({ deltaTime, type: constant('programChange'), channel, programNumber: data }),
  fc.record({ deltaTime, type: constant('channelAftertouch'), channel, amount: data }),
  fc.record({
    deltaTime,
    type: constant('pitchBend'),
    channel,
    value: fc.integer({ min: -0x2000, max: 0x1fff })
  }),
  fc.record({
    deltaTime,
    type: constant('setTempo'),
    microsecondsPerBeat: fc.integer({ min: 1, max: 0xffffff })
  }),
  fc.record({
    deltaTime,
    type: constant('timeSignature'),
    numerator: fc.integer({ min: 1, max: 255 }),
    denominator: fc.nat(15).map(power => 2 ** power),
    metronome: data,
    thirtyseconds: data
  }),
  fc.record({
    deltaTime,
    type: constant('keySignature'),
    key: fc.integer({ min: -7, max: 7 }),
    scale: fc.nat(1)
  }),
  fc.record({ deltaTime, type: constant('portPrefix'), port: data }),
  fc.record({ deltaTime, type: constant('channelPrefix'), channel }),
  fc.record({ deltaTime, type: constant('sequenceNumber'), number: fc.nat(0xffff) }),
  fc.record({ deltaTime, type: constant('text'), text }),
  fc.record({ deltaTime, type: constant('trackName'), text }),
  fc.record({ deltaTime, type: constant('sysEx'), data: block }),
  fc.record({ deltaTime, type: constant('endSysEx'), data: block })
)

/** An event of midi-file as {@link TrackReader} says it. */
function expected(event: MidiEvent): readonly unknown[] {
  switch (event.type) {
    case 'noteOn':
      return ['noteOn', event.channel, event.noteNumber, event.velocity]
    case 'noteOff':
      return ['noteOff', event.channel, event.noteNumber, event.velocity]
    case 'controller':
      return ['controller', event.channel, event.controllerType, event.value]
    case 'programChange':
      return ['program', event.channel, event.programNumber]
    case 'setTempo':
      return ['tempo', event.microsecondsPerBeat]
    case 'timeSignature':
      return ['timeSignature', event.numerator, Math.log2(event.denominator)]
    case 'keySignature':
      return ['keySignature', event.key, event.scale]
    default:
      return ['other']
  }
}

function fields({ kind, channel, first, second }: TrackReader): readonly unknown[] {
  if (kind === 'noteOn' || kind === 'noteOff' || kind === 'controller') return [kind, channel, first, second]
  if (kind === 'program') return [kind, channel, first]
  if (kind === 'tempo') return [kind, first]
  if (kind === 'other') return [kind]
  return [kind, first, second]
}

test('a well-formed track has the events that midi-file reads', () => {
  fc.assert(
    fc.property(fc.array(events, { maxLength: 40 }), fc.boolean(), (list, running) => {
      const track: MidiEvent[] = [...list, { deltaTime: 0, type: 'endOfTrack' }]
      const header = { format: 0, numTracks: 1, ticksPerBeat: 96 } as const
      const bytes = Uint8Array.from(writeMidi({ header, tracks: [track] }, { running }))
      let tick = 0
      const theirs = parseMidi(bytes).tracks[0]!.map(event => {
        tick += event.deltaTime
        return [tick, ...expected(event)]
      })
      const span = { track: 0, start: 22, end: 22 + chunkLength(bytes, 14) }
      const reader = new TrackReader(bytes, span, 1, new Defects(bytes, true, undefined))
      const ours: unknown[] = []
      while (reader.next()) ours.push([reader.tick, ...fields(reader)])
      expect(ours).toEqual(theirs)
      expect(reader.isEnded).toBe(true)
    }),
    { seed: 21, numRuns: 500 }
  )
})
