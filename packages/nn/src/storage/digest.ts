import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex } from '@noble/hashes/utils'
import type { Weights } from '../weights.js'

/** Tells a model from every other: the SHA-256 of its weights in the order of their names, `sha256:…`. */
export function modelDigest({ weights }: { readonly weights: Weights }): string {
  const hash = sha256.create()
  for (const name of Object.keys(weights).sort()) {
    const { buffer, byteOffset, byteLength } = weights[name]!
    hash.update(new Uint8Array(buffer, byteOffset, byteLength))
  }
  return `sha256:${bytesToHex(hash.digest())}`
}
