import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeMidi } from '@vgm/encoding'
import { featureNames, featuresVersion } from '@vgm/features'
import { probeToJson } from '@vgm/probe'
import { beforeEach, expect, test } from 'vitest'
import { probeOf } from '../../emotion/test/probe-of.js'
import { writeModel } from './music.js'
import { contentOf, done, temporaryFolder, vgm } from './vgm.js'

/** Eight notes per bar of G major around the middle of the keyboard: up an octave in bars `+`, down in bars `-`. */
function piece(bars: string): Uint8Array {
  const steps = [0, 4, 7, 12, 7, 4, 0, 7]
  const notes = [...bars].flatMap((bar, index) =>
    steps.map((step, k) => ({
      pitch: (bar === '+' ? 67 : 43) + step,
      velocity: 64,
      startTick: index * 1920 + k * 240,
      durationTicks: 240,
      channel: 0,
      program: 0
    }))
  )
  const tempos = [
    { tick: 0, tempoBpm: 120 },
    { tick: 7680, tempoBpm: 60 }
  ]
  return writeMidi({ ticksPerQuarter: 480, notes, tempos, timeSignatures: [], keySignatures: [] })
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

/** The probability of a phrase with so many of its bars up: 3 for four of four in the exponent, 1.5 for three … */
const probabilityOf = (up: number, bars = 4) => sigmoid((6 * up) / bars - 3)

/** High music is positive: 0.5 where half of the bars are up. */
const highIsPositive = probeToJson(
  probeOf(
    featureNames.map(name => (name === 'mean-pitch' ? 0.25 : 0)),
    -0.25 * 60.125
  ),
  { featureKind: 'descriptors', featureNames, featuresVersion }
)

let cwd: string
const probe = (name: string, text: string) => writeFile(join(cwd, `model/probes/${name}.json`), text)
const analyze = (...args: string[]) => ['analyze', '--model', 'model', ...args]

beforeEach(async () => {
  cwd = await temporaryFolder()
  await writeModel(join(cwd, 'model'))
  await mkdir(join(cwd, 'model/probes'))
  await mkdir(join(cwd, 'music'))
  await probe('music', highIsPositive)
  await writeFile(join(cwd, 'music/falls.mid'), piece('++++---'))
  await writeFile(join(cwd, 'music/short.mid'), piece('--'))
})

test('prints a verdict for each file, aligned', async () => {
  const { stdout, stderr } = await done(analyze('music'), { cwd })
  expect(stdout).toBe(
    [
      'file             verdict   probability  key      tempoBpm  bars  lowest  lowestBars  highest  highestBars',
      'music/falls.mid  positive        0.613  G major        84     7   0.182  4-7           0.953  1-4',
      'music/short.mid  negative        0.047  G major       120     2   0.047  1-2           0.047  1-2',
      ''
    ].join('\n')
  )
  expect(stderr).toBe('')
})

test('--json has the curve, with the seconds at which its bars begin', async () => {
  const { stdout } = await done(analyze('-', '--json'), { cwd, input: piece('++++---') })
  const [analysis, ...others] = JSON.parse(stdout)
  expect(others).toEqual([])
  expect(analysis).toMatchObject({ file: '-', verdict: 'positive', bars: 7 })
  expect(analysis.key).toMatchObject({ tonic: 'G', mode: 'major', keyIndex: 7 })
  expect(analysis.tempoBpm).toBeCloseTo(84, 9)
  const expected = [4, 3, 2, 1].map(up => probabilityOf(up))
  expect(analysis.curve).toEqual(
    expected.map((probability, index) => ({
      bar: index + 1,
      lastBar: index + 4,
      startSec: 2 * index,
      probability: expect.closeTo(probability, 9)
    }))
  )
  expect(analysis.probability).toBeCloseTo(expected.reduce((a, b) => a + b) / 4, 9)
  expect(analysis.highest).toEqual(analysis.curve[0])
  expect(analysis.lowest).toEqual(analysis.curve[3])
})

test('--form sets each measure beside real music, and marks what is outside', async () => {
  const { stdout } = await done(analyze('music/falls.mid', '--form'), { cwd })
  const rows = stdout.split('\n').map(line => line.split(/ {2,}/))
  expect(rows[0]).toEqual(['file', 'measure', 'value', 'real music'])
  const cellOf = (measure: string) => rows.find(row => row[1] === measure)?.[2]
  expect(cellOf('likeness')).toBe('0.6')
  expect(cellOf('loop')).toBe('4 high')
  expect(cellOf('endsHeld')).toBe('no')
  const { stdout: json } = await done(analyze('music/falls.mid', '--form', '--json'), { cwd })
  const [{ form, formRows, verdict }] = JSON.parse(json)
  expect(verdict).toBe('positive')
  expect(form).toMatchObject({ bars: 7, alone: 0, loop: 4, returns: [{ bar: 2, earlier: 0 }, {}, {}] })
  expect(formRows.find((row: { measure: string }) => row.measure === 'loop')).toMatchObject({
    ...{ value: 4, isOutside: true }
  })
})

test('--csv has the same columns as the table', async () => {
  const { stdout } = await done(analyze('music/short.mid', '--csv'), { cwd })
  expect(stdout).toBe(
    'file,verdict,probability,key,tempoBpm,bars,lowest,lowestBars,highest,highestBars\nmusic/short.mid,negative,0.047,G major,120,2,0.047,1-2,0.047,1-2\n'
  )
})

test('--out draws the curve: one chart, or one for each in a folder', async () => {
  await mkdir(join(cwd, 'music/more'))
  await writeFile(join(cwd, 'music/more/falls.mid'), piece('-----'))
  await done(analyze('music/falls.mid', '--out', 'curve.svg'), { cwd })
  const chart = await readFile(join(cwd, 'curve.svg'), 'utf8')
  expect(chart).toContain('<title>falls</title>')
  const heights = /<path d="([^"]+)"/
    .exec(chart)?.[1]
    ?.match(/[\d.]+(?=L|$)/g)
    ?.map(Number)
  const [top, bottom] = [40, 356]
  expect(heights).toEqual(
    [4, 3, 2, 1].map(up => expect.closeTo(bottom - (bottom - top) * probabilityOf(up), 1))
  )
  await done(analyze('music', '--out', 'all.svg'), { cwd })
  const all = await readFile(join(cwd, 'all.svg'), 'utf8')
  expect(all.match(/<tspan[^>]*>[^<]+/g)?.map(text => text.replace(/.*>/, ''))).toEqual([
    'falls',
    'falls',
    'short'
  ])
  await done(analyze('music', 'music/falls.mid', '--out', 'curves'), { cwd })
  expect(Object.keys(await contentOf(join(cwd, 'curves'))).map(path => path.slice(cwd.length))).toEqual(
    expect.arrayContaining(
      ['falls.svg', 'short.svg', 'more/falls.svg', 'falls-2.svg'].map(f => `/curves/${f}`)
    )
  )
})

test('a chart has room for seven pieces; where it goes is found out before the work', async () => {
  for (let k = 0; k < 6; k++) await writeFile(join(cwd, `music/${k}.mid`), 'not even MIDI')
  const before = await contentOf(cwd)
  expect(await vgm(analyze('music', '--out', 'all.svg'), { cwd })).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'vgm: --out all.svg: one chart shows at most 7 of 8 pieces; name a folder\n'
  })
  expect(await vgm(analyze('music', '--out', 'no/all.svg'), { cwd })).toMatchObject({ code: 2 })
  expect(await vgm(analyze('music/short.mid', '--out', 'no/one.svg'), { cwd })).toMatchObject({
    code: 1,
    stderr: 'vgm: no: no such folder to write to\n'
  })
  expect(await contentOf(cwd)).toEqual(before)
})

test('judges by the states where they are asked for', async () => {
  await probe('valence', probeToJson(probeOf([0, 0, 0, 0, 0, 0, 0, 0], -2), { featureKind: 'states' }))
  const byStates = ['music/short.mid', '--engine', 'cpu', '--json']
  const asked = await done(analyze(...byStates, '--probe', 'valence'), { cwd })
  expect(JSON.parse(asked.stdout)[0].probability).toBeCloseTo(sigmoid(-2), 9)
  expect(JSON.parse((await done(analyze(...byStates), { cwd })).stdout)[0].probability).toBeLessThan(0.1)
})

test('a model without a probe of descriptors is judged by the shipped one', async () => {
  const shipped = await done(['analyze', 'music', '--json'], { cwd })
  expect(await done(analyze('music', '--json'), { cwd })).not.toMatchObject({ stdout: shipped.stdout })
  await rm(join(cwd, 'model/probes'), { recursive: true })
  expect(await done(analyze('music', '--json'), { cwd })).toMatchObject({
    stdout: shipped.stdout,
    stderr: ''
  })
  const second = await done(['analyze', 'music', '--json', '--probe', 'music-second'], { cwd })
  expect(second.stdout).not.toBe(shipped.stdout)
  expect(await done(analyze('music', '--json', '--probe', 'music-second'), { cwd })).toMatchObject({
    stdout: second.stdout
  })
})

/** So many notes of a scale, an eighth each, on every one of so many channels. */
function scale(notes: number, channels = 1): Uint8Array {
  const tracks = Array.from({ length: channels }, (_, channel) =>
    Array.from({ length: notes }, (_, k) => ({
      pitch: 60 + k,
      velocity: 64,
      startTick: k * 240,
      durationTicks: 240,
      channel: channel < 9 ? channel : channel + 1,
      program: 0
    }))
  )
  const tempos = [{ tick: 0, tempoBpm: 120 }]
  const notesByTick = tracks.flat().sort((a, b) => a.startTick - b.startTick || a.pitch - b.pitch)
  return writeMidi({
    ticksPerQuarter: 480,
    notes: notesByTick,
    tempos,
    timeSignatures: [],
    keySignatures: []
  })
}

test.each([
  [1, 1, '1 note'],
  [7, 1, '7 notes'],
  [4, 8, '4 notes']
])('%i notes on %i channels are too short to judge', async (notes, channels, count) => {
  const input = scale(notes, channels)
  const [analysis] = JSON.parse((await done(analyze('-', '--json'), { cwd, input })).stdout)
  expect(analysis).toMatchObject({
    file: '-',
    reason: `too short to judge: ${count}, at least 8 are needed`,
    verdict: null,
    probability: null,
    lowest: null,
    highest: null,
    curve: null,
    bars: 1,
    tempoBpm: 120
  })
  await writeFile(join(cwd, 'few.mid'), input)
  const { stdout } = await done(analyze('few.mid', '--csv', '--out', 'few.svg'), { cwd })
  expect(stdout.split('\n')[1]).toMatch(/^few\.mid,too short to judge,,\S+ m\w+,120,1,,,,$/)
  expect(Object.keys(await contentOf(cwd))).not.toContain(join(cwd, 'few.svg'))
  const table = (await done(analyze('few.mid', 'music/short.mid'), { cwd })).stdout.split('\n')
  expect(table[1]).toMatch(/^few\.mid +too short to judge +\S+ m\w+ +120 +1$/)
  expect(table[2]).toMatch(/^music\/short\.mid +negative +0\.047 /)
})

test('eight notes are judged, the same on any number of channels in unison', async () => {
  const probabilities = await Promise.all(
    [1, 8, 15].map(async channels => {
      const { stdout } = await done(['analyze', '-', '--json'], { cwd, input: scale(8, channels) })
      return JSON.parse(stdout)[0].probability as number
    })
  )
  expect(probabilities[0]).toBeGreaterThan(0)
  expect(probabilities).toEqual(Array(3).fill(probabilities[0]))
})

test.each([
  [
    'of another model',
    probeToJson(probeOf(Array(8).fill(1)), { featureKind: 'states', model: 'sha256:1' }),
    'is a probe of another model: model has other weights'
  ],
  ['that is damaged', '{"format": "vgm-probe-1"}', 'features is missing']
])('refuses a probe %s', async (_, text, problem) => {
  await probe('music', text)
  expect(await vgm(analyze('music'), { cwd })).toMatchObject({
    code: 1,
    stdout: '',
    stderr: `vgm: ${join('model', 'probes', 'music.json')}: ${problem}\n`
  })
})

test('says what is missing: the probe, the model, the file', async () => {
  const problem = async (...args: string[]) => {
    const { code, stdout, stderr } = await vgm(args, { cwd })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    return stderr
  }
  expect(await problem(...analyze('music', '--probe', 'mood'))).toBe(
    `vgm: ${join('model', 'probes', 'mood.json')}: no such probe: the model has music; music-first, music-second go with every model. vgm probe makes them\n`
  )
  expect(await problem(...analyze('music', '--probe', './mood.json'))).toBe(
    'vgm: ./mood.json: no such file or folder\n'
  )
  expect(await problem(...analyze('nothing.mid'))).toBe('vgm: nothing.mid: no such file or folder\n')
  expect(await problem('analyze', 'music', '--model', 'nowhere')).toBe('vgm: nowhere: no such model folder\n')
})

test('skips what cannot be read; the exit code is 1 if it was named', async () => {
  await mkdir(join(cwd, 'bad'))
  await writeFile(join(cwd, 'bad/broken.mid'), 'not MIDI')
  await writeFile(join(cwd, 'bad/fine.mid'), piece('+'))
  const { stdout, stderr } = await done(analyze('bad', '--csv'), { cwd })
  expect(stdout.split('\n')[1]).toMatch(/^bad\/fine\.mid,positive,0\.953,/)
  const reason = 'bad/broken.mid: not a MIDI file: expected "MThd", got "not " at byte 0\n'
  expect(stderr).toBe(`skipped ${reason}`)
  const { stdout: good } = await done(analyze('music', '--csv'), { cwd })
  expect(await vgm(analyze('bad/broken.mid', 'music', '--csv'), { cwd })).toEqual({
    code: 1,
    bytes: expect.anything(),
    stdout: good,
    stderr: `skipped ${reason}vgm: bad/broken.mid could not be analyzed; the others were\n`
  })
  expect(await vgm(analyze('bad/broken.mid'), { cwd })).toMatchObject({
    code: 1,
    stdout: '',
    stderr: `vgm: ${reason}`
  })
  await rm(join(cwd, 'bad/fine.mid'))
  expect(await vgm(analyze('bad'), { cwd })).toMatchObject({
    code: 1,
    stdout: '',
    stderr: `skipped ${reason}vgm: bad: none of its MIDI files can be analyzed\n`
  })
})
