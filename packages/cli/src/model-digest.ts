import { createHash } from 'node:crypto'
import type { Model } from '@vgm/mlstm'

/** What tells a model from every other: a digest of its weights. */
export function modelDigest({ weights }: Model): string {
  const hash = createHash('sha256')
  for (const name of Object.keys(weights).sort()) {
    const values = weights[name as keyof typeof weights]
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  }
  return `sha256:${hash.digest('hex')}`
}
