import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex } from '@noble/hashes/utils'
import type { Probe } from '@vgm/probe'

/** What tells a probe from every other: a digest of its weights, such as `sha256:3f…`. */
export function probeDigest({ weights, intercept }: Probe): string {
  const numbers = Float64Array.of(...weights, intercept)
  return `sha256:${bytesToHex(sha256(new Uint8Array(numbers.buffer)))}`
}
