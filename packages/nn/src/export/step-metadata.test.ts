import { expect, test } from 'vitest'
import { freshModel } from '../../test/models.js'
import { stepMetadata } from './step-metadata.js'

test('a file says which model it is of, in which words, and where it comes from', () => {
  const model = freshModel(1)
  expect(stepMetadata(model, { words: ['\n', 'a', 'b'], endOfPiece: 0 })).toEqual({
    format: 'tiny-transformer-step',
    formatVersion: '1',
    units: '2',
    endOfPiece: '0',
    vocabulary: 'letters',
    vocabularyHash: model.vocabulary.hash,
    words: '["\\n","a","b"]',
    license: 'CC0-1.0',
    metrics: '{"validationCrossEntropy":2.5}',
    provenance: '{"data":"none","seed":20}'
  })
})
