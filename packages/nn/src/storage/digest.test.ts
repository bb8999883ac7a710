import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { modelDigest } from './digest.js'

test('is the SHA-256 of all weights, whatever the order of their names', () => {
  const [a, b] = [Float32Array.of(1, 2), Float32Array.of(3)]
  const expected = createHash('sha256')
    .update(new Uint8Array(Float32Array.of(1, 2, 3).buffer))
    .digest('hex')
  expect(modelDigest({ weights: { a, b } })).toBe(`sha256:${expected}`)
  expect(modelDigest({ weights: { b, a } })).toBe(`sha256:${expected}`)
  expect(modelDigest({ weights: { a: b, b: a } })).not.toBe(`sha256:${expected}`)
})
