import { ModelFormatError } from '../errors.js'
import type { ModelSource } from './model.js'

type Address = string | URL

const addressLength = 100

/** An address for a message; those of `data:` can have millions of characters. */
function shortened(address: string): string {
  return address.length <= addressLength ? address : `${address.slice(0, addressLength - 1)}…`
}

function addressIn(folder: string, name: string): string {
  const [scheme] = /^(?:data|blob):/i.exec(folder) ?? []
  if (scheme === undefined) return `${folder.endsWith('/') ? folder : `${folder}/`}${name}`
  const problem = `${scheme} is the address of one file, expected one for each file by its name`
  throw new ModelFormatError(name, `has no address: ${problem}`)
}

function addressOf(location: Address | Readonly<Record<string, Address>>, name: string): string {
  if (typeof location === 'string' || location instanceof URL) return addressIn(String(location), name)
  const address = location[name]
  if (address === undefined) throw new ModelFormatError(name, 'has no address')
  return String(address)
}

async function download(address: string, name: string): Promise<Uint8Array> {
  const what = `cannot be fetched from ${shortened(address)}`
  let status = 0
  try {
    const response = await fetch(address)
    if (response.ok) return new Uint8Array(await response.arrayBuffer())
    status = response.status
  } catch (cause) {
    throw new ModelFormatError(name, what, { cause })
  }
  throw new ModelFormatError(name, `${what}: HTTP ${status}`)
}

/**
 * A model on the web: its files are fetched when they are read.
 *
 * @param location The model folder, or the address of each file by its name (`modelFileUrls` of `@vgm/pretrained`). A file's
 *   address may also be one of `data:` or `blob:`.
 */
export function fromUrl(location: Address | Readonly<Record<string, Address>>): ModelSource {
  return { read: async name => download(addressOf(location, name), name) }
}
