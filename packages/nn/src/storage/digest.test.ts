import { createHash } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { freshModel } from '../../test/models.js'
import { modelDigest } from './digest.js'

const { weights } = freshModel(1)
const expected = () => {
  const hash = createHash('sha256')
  for (const [, values] of Object.entries(weights).sort()) hash.update(Buffer.from(values.buffer))
  return `sha256:${hash.digest('hex')}`
}

afterEach(() => {
  vi.unstubAllGlobals()
})

test('is the SHA-256 of the weights, in the order of their names', async () => {
  expect(await modelDigest({ weights })).toBe(expected())
  const changed = { ...weights, bo: weights.bo!.map(value => value + 1) }
  expect(await modelDigest({ weights: changed })).not.toBe(expected())
})

test('is the same where the platform computes none', async () => {
  vi.stubGlobal('crypto', {})
  expect(await modelDigest({ weights })).toBe(expected())
})
