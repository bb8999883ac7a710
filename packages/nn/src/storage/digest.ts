import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex } from '@noble/hashes/utils'
import type { Weights } from '../weights.js'

/**
 * Identifies a model: `sha256:` and the hex digest of its weights, one parameter after the other in the
 * order of their names. Steerings and probes of states name the model that they are for by it.
 *
 * Computed outside of the calling thread where the platform can: in Node, and in secure pages and workers.
 */
export async function modelDigest({ weights }: { readonly weights: Weights }): Promise<string> {
  const parameters = Object.entries(weights).sort(([a], [b]) => (a < b ? -1 : 1))
  const all = new Float32Array(parameters.reduce((size, [, values]) => size + values.length, 0))
  let end = 0
  for (const [, values] of parameters) {
    all.set(values, end)
    end += values.length
  }
  return `sha256:${bytesToHex(await digestOf(new Uint8Array(all.buffer)))}`
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  // Pages that are not secure have none.
  const native: Pick<typeof crypto.subtle, 'digest'> | undefined = globalThis.crypto?.subtle
  return native === undefined ? sha256(bytes) : new Uint8Array(await native.digest('SHA-256', bytes))
}
