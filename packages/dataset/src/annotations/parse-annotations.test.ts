import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DatasetError } from '../errors.js'
import { InvalidAnnotationError } from './errors.js'
import { parseAnnotations } from './parse-annotations.js'

const piece = { name: 'Tune', midi: 'tune.mid', duration: 4.5, measures: 2, audio: 'tune.wav' }
const said = { valence: [0.5, -1], arousal: [0, 1], age: '21-25' }

function fileOf(annotations: unknown, pieces: unknown = { piece0: piece }): string {
  return JSON.stringify({ annotations, pieces })
}

test('pieces come with what was said of them; annotations without a piece are strays', () => {
  const file = parseAnnotations(fileOf({ piece0_1: said, piece7_1: said, piece0_2: said }), 'raw.json')
  const [valence, arousal] = [said.valence, said.arousal]
  expect(file).toEqual({
    pieces: [
      {
        id: 'piece0',
        name: 'Tune',
        midi: 'tune.mid',
        durationSec: 4.5,
        bars: 2,
        annotations: [
          { id: 'piece0_1', valence, arousal },
          { id: 'piece0_2', valence, arousal }
        ]
      }
    ],
    strays: ['piece7_1']
  })
})

test.each([
  [
    { ...said, valence: [0.5, '0.5'] },
    'annotation "piece0_1": valence[1] expected a number from -1 to 1, got "0.5"'
  ],
  [
    { ...said, arousal: [0, 1.5] },
    'annotation "piece0_1": arousal[1] expected a number from -1 to 1, got 1.5'
  ],
  [
    { ...said, arousal: [null, 1] },
    'annotation "piece0_1": arousal[0] expected a number from -1 to 1, got null'
  ],
  [{ ...said, valence: 'good' }, 'annotation "piece0_1": valence expected a list of numbers, got "good"'],
  [{ ...said, arousal: [0] }, 'annotation "piece0_1": arousal expected as many values as valence, 2, got 1'],
  [{ valence: [], arousal: [] }, 'annotation "piece0_1": valence expected at least one value, got []'],
  ['lovely', 'annotation "piece0_1": expected an object with valence and arousal, got "lovely"']
])('an annotation of %j is refused', (annotation, message) => {
  expect(() => parseAnnotations(fileOf({ piece0_1: annotation }), 'raw.json')).toThrow(`raw.json: ${message}`)
})

test('a missing field is named, and the error carries what was wrong', () => {
  expect(() => parseAnnotations(fileOf({ piece0_1: { valence: [0] } }), 'raw.json')).toThrow(
    'raw.json: annotation "piece0_1": arousal expected'
  )
  try {
    parseAnnotations(fileOf({ piece0_1: { ...said, valence: ['x'] } }), 'raw.json')
    expect.unreachable()
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidAnnotationError)
    expect(error).toMatchObject({
      code: 'INVALID_ANNOTATION',
      file: 'raw.json',
      list: 'annotation',
      id: 'piece0_1',
      field: 'valence[0]',
      value: 'x'
    })
  }
})

test('a piece that lacks its measures, and a file that is something else, are refused', () => {
  expect(() =>
    parseAnnotations(fileOf({ piece0_1: said }, { piece0: { ...piece, measures: 2.5 } }), 'raw.json')
  ).toThrow('raw.json: piece "piece0": measures expected a positive integer, got 2.5')
  expect(() => parseAnnotations('{', 'raw.json')).toThrow('raw.json: is no JSON: ')
  expect(() => parseAnnotations('[]', 'raw.json')).toThrow(
    'raw.json: expected an object with "annotations" and "pieces"'
  )
})

test('any JSON is read or refused by a typed error', () => {
  fc.assert(
    fc.property(fc.json(), fc.dictionary(fc.string(), fc.jsonValue()), (text, entries) => {
      for (const content of [text, fileOf(entries), fileOf({ piece0_1: said }, entries)]) {
        try {
          parseAnnotations(content, 'raw.json')
        } catch (error) {
          expect(error).toBeInstanceOf(DatasetError)
        }
      }
    })
  )
})
