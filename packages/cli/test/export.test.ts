import '@tensorflow/tfjs-backend-cpu'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { vocabulary } from '@vgm/encoding'
import { mlstm, steeringInputs, steeringToJson } from '@vgm/mlstm'
import { generate, loadModel, openModel } from '@vgm/nn'
import { folder } from '@vgm/nn/node'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { beforeEach, describe, expect, test } from 'vitest'
import { writeModel } from './music.js'
import { done, temporaryFolder } from './vgm.js'

let cwd: string
beforeEach(async () => {
  cwd = await temporaryFolder()
  await writeModel(join(cwd, 'model'))
})

const endOfPiece = vocabulary.idOf('\n')

/** The likeliest words one after another, as the file has them; the piece never ends. */
async function composeWith(bytes: Uint8Array, units: number, count: number): Promise<number[]> {
  const session = await InferenceSession.create(bytes)
  const zeros = new Tensor('float32', new Float32Array(units), [1, units])
  let state = { h: zeros, c: zeros }
  const ids = [endOfPiece]
  while (ids.length <= count) {
    const id = new Tensor('int32', Int32Array.of(ids.at(-1)!), [1])
    const { logits, h_next, c_next } = await session.run({ id, ...state })
    state = { h: h_next as Tensor, c: c_next as Tensor } as typeof state
    const values = logits!.data as Float32Array
    values[endOfPiece] = Number.NEGATIVE_INFINITY
    ids.push(values.indexOf(Math.max(...values)))
  }
  return ids.slice(1)
}

describe('vgm export', () => {
  test('who has nothing but the file finds the words in it, and composes what the model does', async () => {
    const { stdout } = await done(['export', 'model', '--out', 'a.onnx'], { cwd })
    expect(stdout).toMatch(/^wrote a\.onnx: 225 words, 8 units, \d+\.\d MB\n$/)
    const bytes = await readFile(join(cwd, 'a.onnx'))
    for (const text of ['vgm-mlstm-step', vocabulary.hash, JSON.stringify(vocabulary.words), 'license']) {
      expect(bytes.includes(text), text).toBe(true)
    }
    const model = await openModel(await loadModel(folder(join(cwd, 'model')), { architectures: [mlstm] }))
    const [expected] = await generate(model, { seed: 1, endOfPiece, words: 40, temperature: 0 })
    expect(await composeWith(bytes, 8, 40)).toEqual(Array.from(expected!))
  })

  test('a sentiment is part of the file: what adds to units and what sets them, as strong as was asked', async () => {
    const model = await openModel(await loadModel(folder(join(cwd, 'model')), { architectures: [mlstm] }))
    const neurons = Int32Array.of(1, 6)
    for (const mode of ['add', 'set'] as const) {
      const steering = { neurons, offsets: Float32Array.of(0.9, -0.7), mode }
      await writeFile(join(cwd, 'up.json'), steeringToJson({ steering, units: 8, provenance: {} }))
      const strength = mode === 'add' ? 0.5 : 1
      const options = ['--sentiment', 'up.json', ...(mode === 'add' ? ['--strength', '0.5'] : [])]
      await done(['export', 'model', '--out', 'a.onnx', ...options], { cwd })
      const bytes = await readFile(join(cwd, 'a.onnx'))
      for (const text of ['sentiment', 'up.json']) expect(bytes.includes(text), text).toBe(true)
      const weaker = { ...steering, offsets: steering.offsets.map(offset => offset * strength) }
      const composing = { seed: 1, endOfPiece, words: 40, temperature: 0 }
      const [plain] = await generate(model, composing)
      const [expected] = await generate(model, { ...composing, held: steeringInputs(weaker, model.config) })
      expect(expected).not.toEqual(plain)
      expect(await composeWith(bytes, 8, 40), mode).toEqual(Array.from(expected!))
    }
  })

  test('--json says what is in the file; --out - writes the same bytes, and the report to standard error', async () => {
    const { stdout } = await done(['export', 'model', '--out', 'a.onnx', '--json'], { cwd })
    const file = await readFile(join(cwd, 'a.onnx'))
    expect(JSON.parse(stdout)).toEqual({
      model: 'model',
      file: 'a.onnx',
      format: 'onnx',
      bytes: file.length,
      vocabularySize: 225,
      units: 8,
      inputs: ['id', 'h', 'c'],
      outputs: ['logits', 'h_next', 'c_next']
    })
    const { bytes, stderr } = await done(['export', 'model', '--format', 'onnx', '--out', '-'], { cwd })
    expect(bytes.equals(file)).toBe(true)
    expect(stderr).toMatch(/^wrote standard output: /)
    expect((await readdir(cwd)).sort()).toEqual(['a.onnx', 'model'])
  })
})
