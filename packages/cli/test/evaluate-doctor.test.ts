import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from '@vgm/encoding'
import { listProviders } from '@vgm/tfjs-onnx'
import { expect, test } from 'vitest'
import { midiFile, writeModel, writeMusic } from './music.js'
import { done, temporaryFolder, vgm } from './vgm.js'

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
  const [{ stdout, stderr }, { stdout: text }] = await Promise.all([
    done(['doctor', '--json']),
    done(['doctor'])
  ])
  const report = JSON.parse(stdout)
  expect(stderr).toBe('')
  expect(report).toMatchObject({ node: process.version, model: { works: true } })
  for (const name of ['onnx', 'wasm', 'cpu']) {
    const found = report.engines.find(({ engine }: { engine: string }) => engine === name)
    expect(found).toMatchObject({ works: true, isDefault: name === 'onnx', msPerWord: expect.any(Number) })
    expect(found.msPerWord).toBeGreaterThan(0)
  }
  const names = report.engines.map(({ engine }: { engine: string }) => engine)
  expect(names.slice(-4)).toEqual(['gpu', 'node', 'wasm', 'cpu'])
  const providers = (await listProviders())!.map(({ name }) => `onnx-${name}`)
  const hardware = ['onnx-webgpu', 'onnx-cuda', 'onnx-coreml', 'onnx-dml']
  expect(names.slice(1, -4)).toEqual(hardware.filter(name => providers.includes(name)))
  for (const { engine, works, note } of report.engines) {
    if (works) continue
    expect(note, engine).toMatch(engine.startsWith('onnx-') ? / needs / : /npm install @tensorflow\//)
  }
  expect(text).toMatch(/\n {2}onnx +works, default +ONNX Runtime.*; \d+(\.\d)? ms per word\n/)
  expect(text).toMatch(/\nmodel +\d+ units, \d+ parameters, \d\.\d{4} nats per word/)
})

test('hardware that ONNX Runtime has no code for is refused, saying what it needs', async () => {
  const [name, needs] = process.platform === 'darwin' ? ['dml', 'Windows'] : ['coreml', 'macOS']
  const cwd = await temporaryFolder()
  const generate = (...args: string[]) =>
    vgm(['generate', '--words', '20', '--out', 'a.mid', ...args], { cwd })
  const { code, stderr } = await generate('--engine', `onnx-${name}`)
  expect(code).toBe(1)
  expect(stderr).toMatch(
    new RegExp(`^vgm: engine 'onnx-${name}': ${name} needs ${needs}.*; ONNX Runtime here has `)
  )
  expect(await generate('--engine', 'onnx-webgpu', '--precision', 'int8')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--precision int8 needs --engine onnx, not onnx-webgpu')
  })
})

test.skipIf(process.platform !== 'linux' || existsSync('/dev/nvidia0'))(
  'hardware that does not start is refused in one line, without the log of ONNX Runtime',
  async () => {
    const cwd = await temporaryFolder()
    const { code, stderr } = await vgm(['generate', '--engine', 'onnx-cuda', '--out', 'a.mid'], { cwd })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^vgm: engine 'onnx-cuda': .*cuda needs Linux, an NVIDIA driver.*\n$/)
  }
)
