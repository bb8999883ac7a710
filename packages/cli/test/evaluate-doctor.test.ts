import { join } from 'node:path'
import { encode } from '@vgm/encoding'
import { expect, test } from 'vitest'
import { midiFile, writeModel, writeMusic } from './music.js'
import { done, temporaryFolder } from './vgm.js'

test('vgm evaluate measures every word, on every engine the same', async () => {
  const cwd = await temporaryFolder()
  await writeModel(join(cwd, 'model'))
  await writeMusic(join(cwd, 'music'), 3)
  const words = [0, 1, 2].reduce((sum, index) => sum + encode(midiFile(index)).length, 0)
  const run = async (...args: string[]) =>
    (await done(['evaluate', 'model', 'music', ...args], { cwd })).stdout
  const result = JSON.parse(await run('--json'))
  expect(result).toMatchObject({ model: 'model', data: 'music', pieces: 3, words })
  expect(result.perplexity).toBeCloseTo(Math.exp(result.crossEntropy), 8)
  for (const engine of ['onnx', 'wasm', 'cpu']) {
    const other = JSON.parse(await run('--json', '--engine', engine))
    expect(other.crossEntropy, engine).toBeCloseTo(result.crossEntropy, 4)
  }
  const rounded = JSON.parse(await run('--json', '--precision', 'int8'))
  expect(rounded.crossEntropy / result.crossEntropy).toBeCloseTo(1, 1)
  expect(await run()).toMatch(
    new RegExp(
      `^cross-entropy  ${result.crossEntropy.toFixed(4)} nats per word\\nperplexity +${result.perplexity.toFixed(3)}\\n`
    )
  )
})

test('the shipped model goes by its name, and finds its own music likely', async () => {
  const cwd = await temporaryFolder()
  await done(['generate', '--words', '150', '--seed', '1', '--temperature', '0.7', '--out', 'a.mid'], { cwd })
  const { stdout } = await done(['evaluate', 'pretrained', '.', '--json'], { cwd })
  expect(JSON.parse(stdout).crossEntropy).toBeLessThan(Math.log(225) / 2)
})

test('vgm doctor says what works, and what the rest needs', async () => {
  const { stdout, stderr } = await done(['doctor', '--json'])
  const report = JSON.parse(stdout)
  expect(stderr).toBe('')
  expect(report).toMatchObject({ node: process.version, model: { works: true } })
  const [onnx, , , wasm, cpu] = report.engines
  expect(onnx).toMatchObject({ engine: 'onnx', works: true, isDefault: true })
  expect(wasm).toMatchObject({ engine: 'wasm', works: true, isDefault: false })
  expect(cpu).toMatchObject({ engine: 'cpu', works: true, isDefault: false })
  for (const { engine, works, note } of report.engines) {
    if (!works) expect(note, engine).toContain('npm install @tensorflow/')
  }
  const text = (await done(['doctor'])).stdout
  expect(text).toMatch(/\n {2}onnx +works, default +ONNX Runtime/)
  expect(text).toMatch(/\nmodel +\d+ units, \d+ parameters, \d\.\d{4} nats per word/)
})
