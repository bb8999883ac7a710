import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { barTicks, encode, fromText, parseMidi, toText } from '@vgm/encoding'
import { estimateKey } from '@vgm/key-velocity'
import { steeringToJson } from '@vgm/mlstm'
import { beforeEach, describe, expect, test } from 'vitest'
import { midiFile, writeModel } from './music.js'
import { done, temporaryFolder, vgm } from './vgm.js'

let cwd: string
beforeEach(async () => {
  cwd = await temporaryFolder()
  await writeModel(join(cwd, 'model'))
})

const generate = (...args: string[]) => done(['generate', '--model', 'model', ...args], { cwd })
const file = (name: string) => readFile(join(cwd, name))

describe('vgm generate', () => {
  test('the same seed gives the same file, another seed another', async () => {
    await generate('--seed', '7', '--words', '80', '--out', 'a.mid')
    await generate('--seed', '7', '--words', '80', '--out', 'b.mid')
    await generate('--seed', '8', '--words', '80', '--out', 'c.mid')
    expect(await file('b.mid')).toEqual(await file('a.mid'))
    expect(await file('c.mid')).not.toEqual(await file('a.mid'))
  })

  test('every piece begins with a sound', async () => {
    await generate('--count', '100', '--words', '12', '--seed', '3', '--out', 'pieces')
    for (const name of await readdir(join(cwd, 'pieces'))) {
      const [firstStep] = toText(encode(await file(join('pieces', name)))).split(' . ')
      expect(firstStep, name).toMatch(/ n_\d+( \.)?\s*$/)
    }
  })

  test('--transpose moves every note; a steered piece is moved as its seed says', async () => {
    const pitches = async (name: string) => parseMidi(await file(name)).notes.map(({ pitch }) => pitch)
    const common = ['--words', '30', '--seed', '7', '--out']
    await generate(...common, 'a.mid')
    await generate(...common, 'b.mid', '--transpose', '-3')
    const classes = async (name: string) => new Set((await pitches(name)).map(pitch => pitch % 12))
    const plain = await classes('a.mid')
    expect(plain.size).toBeLessThan(12)
    expect(await classes('b.mid')).toEqual(new Set([...plain].map(pitch => (pitch + 9) % 12)))

    const steering = { neurons: Int32Array.of(0), offsets: Float32Array.of(0), mode: 'add' } as const
    await writeFile(join(cwd, 'still.json'), steeringToJson({ steering, units: 8, provenance: {} }))
    const options = ['--count', '12', '--words', '80', '--seed', '7', '--sentiment', 'still.json']
    await generate(...options, '--out', 'moved')
    await generate(...options, '--out', 'again')
    await generate(...options, '--transpose', '0', '--out', 'stayed')
    const intervals: number[] = []
    for (const name of await readdir(join(cwd, 'stayed'))) {
      const [moved, again, stayed] = await Promise.all(
        ['moved', 'again', 'stayed'].map(folder => pitches(join(folder, name)))
      )
      expect(again).toEqual(moved)
      // Pitches that would leave the keyboard are folded by octaves; their classes are what is sure.
      const count = (all: readonly number[], by: number) => {
        const counts = new Array<number>(12).fill(0)
        for (const pitch of all) counts[(pitch + by) % 12]!++
        return counts.join()
      }
      const interval = Array.from({ length: 12 }, (_, k) => k).find(
        by => count(stayed!, by) === count(moved!, 0)
      )
      expect(interval, name).toBeDefined()
      intervals.push(interval!)
    }
    expect(new Set(intervals).size).toBeGreaterThan(3)
  })

  test('reports what a player would play, and the seed that chance chose', async () => {
    const { stdout, stderr } = await generate('--words', '80')
    const [name] = (await readdir(cwd)).filter(entry => entry.endsWith('.mid'))
    const score = parseMidi(await file(name!))
    expect(name).toMatch(/^vgm-\d+\.mid$/)
    expect(stdout).toMatch(
      /^wrote vgm-(\d+)\.mid: \d+\.\d s of music, \d+ notes in \d+ bars?(, in [A-G].*or)?, seed \1\n$/
    )
    expect(stdout).toContain(`${score.notes.length} notes in ${barTicks(score).length} bar`)
    expect(stderr).toContain('\nterms of the model: none\n')
  })

  test('--json gives the same as data', async () => {
    const { stdout } = await generate('--words', '80', '--seed', '7', '--out', 'a.mid', '--json')
    const score = parseMidi(await file('a.mid'))
    expect(JSON.parse(stdout)).toEqual({
      model: 'model',
      license: 'none',
      seed: 7,
      pieces: [
        {
          file: 'a.mid',
          seconds: expect.any(Number),
          bars: barTicks(score).length,
          key: estimateKey(score).name,
          notes: score.notes.length,
          words: encode(score).length
        }
      ]
    })
  })

  test('--count writes a folder, in which each piece is the one it would be by itself', async () => {
    const { stdout } = await generate('--count', '2', '--words', '60', '--seed', '3', '--out', 'deep/pieces')
    await generate('--words', '60', '--seed', '3', '--out', 'alone.mid')
    expect(await readdir(join(cwd, 'deep/pieces'))).toEqual(['piece-1.mid', 'piece-2.mid'])
    expect(await file('deep/pieces/piece-1.mid')).toEqual(await file('alone.mid'))
    expect(stdout.split('\n')).toHaveLength(3)
    await generate('--count', '2', '--only', '2', '--words', '60', '--seed', '3', '--out', 'only.mid')
    expect(await file('only.mid')).toEqual(await file('deep/pieces/piece-2.mid'))
  })

  test('a piece of --words is brought to its end: encode reads it back word for word', async () => {
    await generate('--words', '50', '--seed', '1', '--out', 'a.mid')
    const { stdout } = await done(['encode', 'a.mid'], { cwd })
    expect(stdout).toMatch(/ \.\n$/)
    await done(['decode', '-', '--strict', '--out', 'b.mid'], { cwd, input: stdout })
    expect(await file('b.mid')).toEqual(await file('a.mid'))
  })

  test('--prime goes on where a file ends, and keeps it', async () => {
    const prime = midiFile(1)
    await writeFile(join(cwd, 'prime.mid'), prime)
    const prompt = ['--prime', 'prime.mid', '--words', '80', '--seed', '1', '--out']
    const { stdout } = await generate(...prompt, 'a.mid')
    await generate(...prompt, 'new.mid', '--without-prime')
    const countOf = async (name: string) => parseMidi(await file(name)).notes.length
    expect(await countOf('new.mid')).toBe((await countOf('a.mid')) - parseMidi(prime).notes.length)
    const beginning = toText(encode(prime).subarray(0, -1))
    const whole = toText(encode(await file('a.mid')))
    expect(whole.startsWith(`${beginning} `)).toBe(true)
    expect(fromText(whole).length).toBeGreaterThan(encode(prime).length + 20)
    expect(stdout).toMatch(/, new from bar \d+ on, /)
  })

  test('--no-grammar still gives a MIDI file', async () => {
    await generate('--no-grammar', '--words', '80', '--seed', '1', '--out', 'a.mid')
    expect(parseMidi(await file('a.mid')).notes.length).toBeGreaterThan(0)
  })

  test('--out - writes the bytes to standard output and the report to standard error', async () => {
    const { bytes, stderr } = await generate('--words', '80', '--seed', '7', '--out', '-')
    await generate('--words', '80', '--seed', '7', '--out', 'a.mid')
    expect(bytes).toEqual(await file('a.mid'))
    expect(stderr).toMatch(
      /^engine: onnxruntime-node\nterms of the model: none\nwrote standard output: .* seed 7\n$/
    )
  })

  test('a folder as --out gets a file with the name of the seed', async () => {
    await generate('--words', '80', '--seed', '7', '--out', '.')
    expect(await readdir(cwd)).toContain('vgm-7.mid')
  })

  test('the shipped model composes without any option', async () => {
    const { stdout } = await done(['generate', '--words', '40', '--seed', '1'], { cwd })
    expect(stdout).toMatch(/^wrote vgm-1\.mid: /)
  })

  test('Ctrl-C stops it, and nothing is written', async () => {
    const { code, stderr } = await vgm(
      ['generate', '--model', 'model', '--words', '1000000', '--out', 'a.mid'],
      { cwd, meanwhile: child => child.stderr.once('data', () => child.kill('SIGINT')) }
    )
    expect({ code, stderr }).toEqual({
      code: 130,
      stderr: 'engine: onnxruntime-node\nvgm: stopped; nothing was written\n'
    })
    expect(await readdir(cwd)).toEqual(['model'])
  })
})
