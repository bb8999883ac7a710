import { afterEach, describe, expect, test, vi } from 'vitest'
import { freshModel } from '../../test/models.js'
import { tinyTransformer } from '../../test/tiny-transformer.js'
import { ModelFormatError } from '../errors.js'
import { fromUrl } from './from-url.js'
import { loadModel, modelFileNames, modelFiles } from './model.js'

const known = { architectures: [tinyTransformer] }

const model = freshModel(5)
const files = modelFiles(model, 'F32')
const { description, weights } = modelFileNames

describe('fromUrl', () => {
  afterEach(() => vi.unstubAllGlobals())

  /** A web that has these addresses only. */
  function stubWeb(pages: Record<string, Uint8Array>): string[] {
    const asked: string[] = []
    vi.stubGlobal('fetch', async (address: string) => {
      asked.push(address)
      if (address.startsWith('https://down.')) throw new TypeError('fetch failed')
      const page = pages[address]
      return page === undefined ? new Response('', { status: 404 }) : new Response(page.slice())
    })
    return asked
  }

  test('fetches the files of a folder, with or without a slash at its end', async () => {
    const base = 'https://example.org/model'
    const pages = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${base}/${name}`, bytes]))
    for (const location of [base, `${base}/`, new URL(base), new URL(`${base}/`)]) {
      const asked = stubWeb(pages)
      expect(await loadModel(fromUrl(location), known)).toMatchObject(model)
      expect(asked).toEqual([`${base}/model.json`, `${base}/weights.safetensors`])
    }
  })

  test('fetches each file from its own address', async () => {
    const addresses = { [description]: 'https://a.example/1', [weights]: new URL('https://b.example/2') }
    stubWeb({ 'https://a.example/1': files[description]!, 'https://b.example/2': files[weights]! })
    expect(await loadModel(fromUrl(addresses), known)).toMatchObject(model)
  })

  test('fetches files from data: and blob: addresses, as text or as URLs', async () => {
    const asData = (bytes: Uint8Array) =>
      `data:application/octet-stream;base64,${Buffer.from(bytes).toString('base64')}`
    const asBlob = (bytes: Uint8Array) => URL.createObjectURL(new Blob([bytes.slice()]))
    for (const addressOf of [asData, asBlob]) {
      const addresses = Object.fromEntries(
        Object.entries(files).map(([name, bytes]) => [name, addressOf(bytes)])
      )
      expect(await loadModel(fromUrl(addresses), known)).toMatchObject(model)
      const urls = Object.fromEntries(
        Object.entries(addresses).map(([name, address]) => [name, new URL(address)])
      )
      expect(await loadModel(fromUrl(urls), known)).toMatchObject(model)
    }
  })

  test('refuses a file that has no address, rather than to look for it beside the page', async () => {
    const asked = stubWeb({ [weights]: files[weights]! })
    const source = fromUrl({ [description]: 'https://a.example/1' })
    await expect(source.read(weights)).rejects.toThrow(new ModelFormatError(weights, 'has no address'))
    expect(asked).toEqual([])
  })

  test('refuses a data: or blob: address of a folder: it is of one file', async () => {
    const asked = stubWeb({})
    for (const location of ['data:application/json,{}', new URL('blob:https://a.example/1'), 'DATA:,']) {
      await expect(fromUrl(location).read(description), String(location)).rejects.toThrow(
        new ModelFormatError(
          description,
          `has no address: ${String(location).slice(0, 5)} is the address of one file, expected one for each file by its name`
        )
      )
    }
    expect(asked).toEqual([])
  })

  test('says which file breaks off or has an address that is none, without all of a long address', async () => {
    const breaking = new ReadableStream({
      pull(controller) {
        controller.error(new TypeError('terminated'))
      }
    })
    vi.stubGlobal('fetch', async () => new Response(breaking))
    const broken = await fromUrl('https://a.example')
      .read(weights)
      .catch((error: unknown) => error)
    expect(broken).toBeInstanceOf(ModelFormatError)
    expect(broken).toMatchObject({
      problem: 'weights.safetensors: cannot be fetched from https://a.example/weights.safetensors',
      cause: expect.any(TypeError)
    })
    vi.unstubAllGlobals()
    const odd = fromUrl({ [weights]: 'data:;base64,***' }).read(weights)
    await expect(odd).rejects.toThrow(
      new ModelFormatError(weights, 'cannot be fetched from data:;base64,***')
    )
    const long = await fromUrl({ [weights]: `data:;base64,*${'A'.repeat(1000)}` })
      .read(weights)
      .catch((error: Error) => error.message)
    expect(long).toHaveLength('weights.safetensors: cannot be fetched from '.length + 100)
  })

  test('says which file is missing, and where it was looked for', async () => {
    stubWeb({})
    await expect(loadModel(fromUrl('https://example.org/'), known)).rejects.toThrow(
      new ModelFormatError(description, 'cannot be fetched from https://example.org/model.json: HTTP 404')
    )
    const down = await loadModel(fromUrl('https://down.example'), known).catch((error: unknown) => error)
    expect(down).toMatchObject({
      problem: 'model.json: cannot be fetched from https://down.example/model.json'
    })
    expect((down as Error).cause).toBeInstanceOf(TypeError)
  })
})
