import { crc32, deflateRawSync } from 'node:zlib'

/** A file to put into an archive. */
export interface ZipMember {
  readonly path: string
  readonly content?: string | Uint8Array
  /** Its kind and permissions on Unix, such as 0o120777 for a link. */
  readonly mode?: number
  /** The unpacked size that the archive claims, in place of the true one. */
  readonly claimedSize?: number
  readonly isDeflated?: boolean
  /** Whether it says that it is encrypted. */
  readonly isEncrypted?: boolean
}

/** A zip archive, which may lie: what no honest tool would write. */
export function zipOf(members: readonly ZipMember[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { path, content = '', mode = 0o100644, claimedSize, isDeflated, isEncrypted } of members) {
    const name = Buffer.from(path)
    const raw = Buffer.from(content)
    const data = isDeflated ? deflateRawSync(raw) : raw
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(0x800 + (isEncrypted ? 1 : 0), 2)
    shared.writeUInt16LE(isDeflated ? 8 : 0, 4)
    shared.writeUInt32LE(crc32(raw), 10)
    shared.writeUInt32LE(data.length, 14)
    shared.writeUInt32LE(claimedSize ?? raw.length, 18)
    shared.writeUInt16LE(name.length, 22)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE((mode * 0x10000) >>> 0, 6)
    rest.writeUInt32LE(offset, 10)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), shared, name, data])
    // The central entry begins with the version that made it (3: Unix), then what both share, then the rest.
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 3]), shared, rest, name]))
    locals.push(local)
    offset += local.length
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006')
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, ...directory, end])
}
