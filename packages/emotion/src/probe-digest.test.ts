import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { probeOf } from '../test/probe-of.js'
import { probeDigest } from './probe-digest.js'

test('the digest is the SHA-256 of weights and intercept, as little-endian doubles', () => {
  const bytes = Buffer.alloc(24)
  for (const [index, value] of [0.5, -2, 0.1].entries()) bytes.writeDoubleLE(value, 8 * index)
  const digest = createHash('sha256').update(bytes).digest('hex')
  expect(probeDigest(probeOf([0.5, -2], 0.1))).toBe(`sha256:${digest}`)
  expect(probeDigest(probeOf([0.5, -2], 0.2))).not.toBe(`sha256:${digest}`)
})
