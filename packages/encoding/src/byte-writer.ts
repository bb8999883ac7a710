/** Bytes that grow at their end. */
export class ByteWriter {
  #bytes = new Uint8Array(1024)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** The bytes so far; valid until the next one is written. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  write(...bytes: readonly number[]): void {
    this.append(bytes)
  }

  append(bytes: ArrayLike<number>): void {
    const end = this.#length + bytes.length
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(end, 2 * this.#bytes.length))
      grown.set(this.#bytes)
      this.#bytes = grown
    }
    this.#bytes.set(bytes, this.#length)
    this.#length = end
  }

  /** A big-endian number of `size` bytes. */
  writeNumber(value: number, size: number): void {
    for (let shift = 8 * (size - 1); shift >= 0; shift -= 8) this.write((value >>> shift) & 0xff)
  }

  /** A number of variable length, below 2²⁸. */
  writeLength(value: number): void {
    for (let shift = 21; shift > 0; shift -= 7) {
      if (value >> shift > 0) this.write(((value >> shift) & 0x7f) | 0x80)
    }
    this.write(value & 0x7f)
  }

  writeText(text: string): void {
    this.write(...Array.from(text, character => character.charCodeAt(0)))
  }
}
