import { describe, expect, test } from 'vitest'
import { chunk, errorOf, file, header, off, on, tempo, track } from '../../test/bytes.js'
import { ForeignFileError, LimitError, MidiDefectError, MidiHeaderError, NoNotesError } from '../errors.js'
import { parseMidi } from './parse-midi.js'

const good = track([on(0, 60), off(5, 60)])
const ascii = (text: string) => Array.from(text, letter => letter.charCodeAt(0))

describe('parseMidi refuses', () => {
  test('a file without a header', () => {
    const error = errorOf(ascii('RIFF1234 some other file'))
    expect(error).toBeInstanceOf(MidiHeaderError)
    expect(error).toMatchObject({ name: 'MidiHeaderError', code: 'MIDI_HEADER', offset: 0 })
    expect(error.message).toBe('parseMidi: not a MIDI file: expected "MThd", got "RIFF" at byte 0')
    expect(errorOf([])).toMatchObject({ code: 'MIDI_HEADER' })
    expect(errorOf([...Array.from({ length: 4097 }, () => 0), ...file([good])])).toMatchObject({
      code: 'MIDI_HEADER'
    })
  })

  test.each([
    [
      'a short header',
      chunk('MThd', [0, 1, 0, 1]),
      'parseMidi: cut off: the header expected 14 bytes, got 12 at byte 0'
    ],
    [
      'no division',
      header(1, 1, 0),
      'parseMidi: division expected at least 1 tick per quarter, got 0 at byte 12'
    ],
    [
      'no SMPTE ticks',
      header(1, 1, 0xe700),
      'parseMidi: division expected at least 1 tick per frame, got 0 at byte 12'
    ],
    [
      'odd SMPTE frames',
      header(1, 1, 0xf020),
      'parseMidi: division expected 24, 25, 29 or 30 frames, got 16 at byte 12'
    ]
  ])('%s', (_, bytes, message) => {
    const error = errorOf([...bytes, ...(bytes.length === 14 ? good : [])])
    expect(error).toBeInstanceOf(MidiHeaderError)
    expect(error.message).toBe(message)
  })

  test('a file without notes, and one of percussion only', () => {
    expect(errorOf(file([track([])]))).toBeInstanceOf(NoNotesError)
    expect(errorOf(header(1, 0, 96)).code).toBe('NO_NOTES')
    const drums = file([track([on(0, 36, 64, 9), on(1, 38, 64, 9)])])
    expect(errorOf(drums)).toMatchObject({ code: 'NO_NOTES', percussionNotes: 2 })
    expect(errorOf(drums).message).toContain('2 percussion notes left out; includePercussion keeps them')
  })

  test('a file larger than allowed, before it costs memory', () => {
    const bytes = file([good])
    expect(errorOf(bytes, { maxBytes: 10 })).toMatchObject({
      code: 'LIMIT',
      limit: 'maxBytes',
      allowed: 10,
      actual: bytes.length
    })
    expect(errorOf(bytes, { maxEvents: 2 })).toMatchObject({ limit: 'maxEvents', actual: 3 })
    expect(errorOf(bytes, { maxNotes: 0 })).toMatchObject({ limit: 'maxNotes', actual: 1 })
    expect(errorOf(bytes, { maxNotes: Number.NaN })).toMatchObject({
      code: 'INVALID_OPTION',
      option: 'maxNotes'
    })
    expect(errorOf(bytes, { maxBytes: 10 })).toBeInstanceOf(LimitError)
  })

  test('notes beyond maxNotes, counting percussion where it is kept', () => {
    const bytes = file([track([on(0, 60), on(0, 36, 64, 9), on(0, 38, 64, 9)])])
    expect(parseMidi(bytes, { maxNotes: 1 }).notes).toHaveLength(1)
    expect(errorOf(bytes, { maxNotes: 1, includePercussion: true })).toMatchObject({
      limit: 'maxNotes',
      actual: 2
    })
  })
})

describe('parseMidi names a file of another kind', () => {
  const html = '<html><body>Not found</body></html>'
  test.each([
    ['gzip', 'a gzip archive', '\x1f\x8b\x08\0'],
    ['zip', 'a zip archive', 'PK\x03\x04'],
    ['rar', 'a RAR archive', 'Rar!\x1a\x07\x01\0'],
    ['7z', 'a 7z archive', '7z\xbc\xaf\x27\x1c'],
    ['html', 'an HTML page', `<!DOCTYPE html>\n${html}`],
    ['html', 'an HTML page', `\xef\xbb\xbf\r\n  ${html}`],
    ['html', 'an HTML page', `<?xml version="1.0"?>${html}`],
    ['musicxml', 'a MusicXML score', '<?xml version="1.0"?><!DOCTYPE score-partwise><score-partwise>'],
    ['xml', 'an XML file', '<?xml version="1.0"?><museScore>'],
    ['mp3', 'an MP3 recording', 'ID3\x04\0'],
    ['mp3', 'an MP3 recording', '\xff\xfb\x90\x64'],
    ['wav', 'a WAV recording', 'RIFF\x24\0\0\0WAVEfmt '],
    ['aiff', 'an AIFF recording', 'FORM\0\0\0\x24AIFFCOMM'],
    ['ogg', 'an Ogg recording', 'OggS\0'],
    ['flac', 'a FLAC recording', 'fLaC\0'],
    ['mp4', 'an MP4 recording', '\0\0\0\x20ftypM4A '],
    ['pdf', 'a PDF document', '%PDF-1.7'],
    ['png', 'a PNG picture', '\x89PNG\r\n\x1a\n'],
    ['jpeg', 'a JPEG picture', '\xff\xd8\xff\xe0'],
    ['xmi', 'an XMI file', 'FORM\0\0\0\x0eXDIRINFO']
  ])('%s: %s', (kind, name, start) => {
    // What follows would be found as a MIDI file behind a prefix.
    const follows = kind === 'mp3' && start.startsWith('\xff') ? [] : [...file([good])]
    const error = errorOf([...ascii(start), ...follows])
    expect(error).toBeInstanceOf(ForeignFileError)
    expect(error).toMatchObject({ name: 'ForeignFileError', code: 'NOT_MIDI', kind })
    expect(error.message).toBe(`parseMidi: this is ${name}, not a MIDI file`)
  })
})

describe('parseMidi, if strict, refuses', () => {
  test('every prefix of a file', () => {
    const bytes = file([track([tempo(0, 500_000), on(0, 60), off(5, 60)]), good])
    expect(parseMidi(bytes, { strict: true }).notes).toHaveLength(2)
    for (let length = 0; length < bytes.length; length++) {
      const { code } = errorOf(bytes.subarray(0, length), { strict: true })
      expect(['MIDI_HEADER', 'MIDI_CHUNK', 'MIDI_TRACK_LENGTH', 'MIDI_TRACK_COUNT']).toContain(code)
    }
  })

  test('a defect with its track, place and bytes', () => {
    const bytes = file([good, track([on(0, 61), [3, 0x90, 0x85, 64], off(4, 61)])])
    const error = errorOf(bytes, { strict: true })
    expect(error).toBeInstanceOf(MidiDefectError)
    expect(error).toMatchObject({
      name: 'MidiDefectError',
      code: 'MIDI_DATA_BYTE',
      track: 2,
      offset: 14 + 20 + 8 + 4 + 1,
      bytes: '90854004803d0000'
    })
    expect(error.message).toBe('parseMidi: track 2: expected data bytes from 0 to 127, got 133 at byte 47')
  })
})
