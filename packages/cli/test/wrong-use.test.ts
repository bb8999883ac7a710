import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { midiFile, writeModel, writeMusic } from './music.js'
import { contentOf, temporaryFolder, vgm } from './vgm.js'

let cwd: string
beforeEach(async () => {
  cwd = await temporaryFolder()
  await writeMusic(join(cwd, 'music'), 2)
  await writeModel(join(cwd, 'model'))
  await writeModel(join(cwd, 'damaged'))
  await writeModel(join(cwd, 'foreign'), `sha256:${'0'.repeat(64)}`)
  const weights = join(cwd, 'damaged/weights.safetensors')
  const bytes = await readFile(weights)
  bytes[bytes.length - 100]! ^= 1
  await writeFile(weights, bytes)
  await writeFile(join(cwd, 'kept.mid'), midiFile(5))
  await writeFile(join(cwd, 'text.txt'), 'no music\n')
  await writeFile(join(cwd, 'silent.mid'), midiFile(0, 0))
  await writeFile(join(cwd, 'cut.mid'), midiFile(0).subarray(0, 100))
})

const useModel = (model: string) => ['generate', '--model', model, '--words', '50', '--out', 'kept.mid']

test.each([
  ['a missing file', ['encode', 'none.mid', '--out', 'kept.mid'], 1, 'none.mid: no such file or folder'],
  [
    'a folder instead of a file',
    ['decode', 'music', '--out', 'kept.mid'],
    1,
    'music: is a folder, expected a file'
  ],
  [
    'a text file',
    ['encode', 'text.txt', '--out', 'kept.mid'],
    1,
    'text.txt: not a MIDI file: expected "MThd", got "no m" at byte 0'
  ],
  ['a MIDI file without notes', ['encode', 'silent.mid', '--out', 'kept.mid'], 1, 'silent.mid: no notes'],
  [
    'a truncated MIDI file',
    ['encode', 'cut.mid', '--strict', '--out', 'kept.mid'],
    1,
    /^cut\.mid: track 2: .* at byte \d+$/
  ],
  [
    'a prime that is no MIDI file',
    [...useModel('model'), '--prime', 'text.txt'],
    1,
    'text.txt: not a MIDI file: expected "MThd", got "no m" at byte 0'
  ],
  [
    'an unknown option',
    [...useModel('model'), '--temprature', '1'],
    2,
    "unknown option '--temprature' (Did you mean --temperature?)"
  ],
  [
    'an unknown command',
    ['evalute', 'model', 'music'],
    2,
    "unknown command 'evalute' (Did you mean evaluate?)"
  ],
  [
    'a negative number of words',
    [...useModel('model'), '--words', '-5'],
    2,
    "option '--words <n>' argument '-5' is invalid. Expected an integer of at least 1."
  ],
  [
    'more pieces than fit into memory',
    [...useModel('model'), '--count', '99999999', '--out', 'new'],
    2,
    "option '--count <n>' argument '99999999' is invalid. Expected an integer from 1 to 10000."
  ],
  // Where there is no /proc there is no folder at that place, and permission is refused: one line either way.
  [
    'a model where no folder can be',
    ['train', 'music', '--out', '/proc/m'],
    1,
    /^\/(proc)?: cannot be written to: /
  ],
  [
    'a probability above 1',
    [...useModel('model'), '--top-p', '2'],
    2,
    /Expected a number above 0, at most 1\.$/
  ],
  [
    'a file that is no MIDI file',
    ['generate', '--model', 'model', '--out', 'tune.wav'],
    2,
    '--out tune.wav: MIDI is written here, not .wav: name it tune.mid; a synthesizer, such as timidity or fluidsynth, makes sound of it'
  ],
  [
    'a sentiment that there is not',
    ['generate', '--sentiment', 'happy', '--out', 'kept.mid'],
    2,
    '--sentiment happy: pretrained knows negative, positive (Did you mean positive?)'
  ],
  [
    'one piece of one',
    [...useModel('model'), '--only', '3'],
    2,
    '--only 3 is one piece of several: say of how many with --count'
  ],
  [
    'a piece that is not among all',
    [...useModel('model'), '--count', '2', '--only', '3'],
    2,
    '--only expected a number from 1 to 2, which is --count, got 3'
  ],
  [
    'no prime to leave out',
    [...useModel('model'), '--without-prime'],
    2,
    '--without-prime leaves out a --prime: name one'
  ],
  [
    'an export that is no ONNX file',
    ['export', 'model', '--out', 'model.tflite'],
    2,
    '--out model.tflite: ONNX is written here, not .tflite: name it model.onnx'
  ],
  ['a missing argument', ['evaluate', 'model'], 2, "missing required argument 'dir'"],
  ['a missing model', useModel('none'), 1, 'none: no such model folder'],
  ['a folder that holds no model', useModel('music'), 1, 'music/model.json: not found'],
  [
    'a model with a flipped byte',
    useModel('damaged'),
    1,
    'damaged: weights.safetensors: is damaged: it does not have the digest it was written with'
  ],
  [
    'a model with a flipped byte, evaluated',
    ['evaluate', 'damaged', 'music'],
    1,
    /^damaged: weights\.safetensors: is damaged/
  ],
  [
    'a model of another vocabulary',
    useModel('foreign'),
    1,
    /^foreign: model\.json: vocabulary expected 'vgm-225' \(sha256:7dfb.*got 'vgm-225' \(sha256:0000/
  ],
  [
    'an output below a file',
    [...useModel('model'), '--out', 'kept.mid/a.mid'],
    1,
    'kept.mid: is not a folder to write to'
  ],
  [
    'an output in no folder',
    [...useModel('model'), '--out', 'none/a.mid'],
    1,
    'none: no such folder to write to'
  ],
  [
    'text output in no folder',
    ['encode', 'kept.mid', '--out', 'none/a.txt'],
    1,
    'none: no such folder to write to'
  ],
  [
    'a model folder below a file',
    ['train', 'music', '--out', 'kept.mid/model'],
    1,
    'kept.mid: is not a folder to write to'
  ],
  [
    'several pieces into one file',
    [...useModel('model'), '--count', '2'],
    2,
    '--out kept.mid: 2 pieces go into a folder, not into one file'
  ],
  [
    'several pieces into standard output',
    [...useModel('model'), '--count', '2', '--out', '-'],
    2,
    /^--out -: 2 pieces/
  ],
  [
    'training over a model',
    ['train', 'music', '--out', 'model'],
    2,
    'model: holds a model.json already; go on with --resume, or choose another --out'
  ],
  [
    'resuming nothing',
    ['train', 'music', '--out', 'model', '--resume'],
    1,
    'model: nothing to resume: run.json is not there'
  ],
  ['music that is no folder', ['train', 'none', '--out', 'new'], 1, 'none: no such file or folder'],
  ['an export to nowhere', ['export', 'model'], 2, "required option '--out <file>' not specified"],
  [
    'an export into no folder',
    ['export', 'model', '--out', 'none/a.onnx'],
    1,
    'none: no such folder to write to'
  ],
  [
    'an export over a folder',
    ['export', 'model', '--out', 'music'],
    1,
    'music: is a folder, expected a file'
  ],
  ['an export of a missing model', ['export', 'none', '--out', 'new.onnx'], 1, 'none: no such model folder'],
  [
    'an export of a damaged model',
    ['export', 'damaged', '--out', 'new.onnx'],
    1,
    /^damaged: weights\.safetensors: is damaged/
  ],
  [
    'an export in an unknown format',
    ['export', 'model', '--format', 'tflite', '--out', 'new.onnx'],
    2,
    "option '--format <name>' argument 'tflite' is invalid. Allowed choices are onnx."
  ],
  [
    '8 bits on an engine that has none',
    [...useModel('model'), '--engine', 'wasm', '--precision', 'int8'],
    2,
    '--precision int8 needs --engine onnx, not wasm'
  ],
  [
    'an engine that is not installed',
    [...useModel('model'), '--engine', 'gpu'],
    1,
    /@tensorflow\/tfjs-node-gpu is not installed \(npm install @tensorflow\/tfjs-node-gpu/
  ]
])('%s: one line, the exit code, and nothing lost or half written', async (_, args, code, message) => {
  const before = await contentOf(cwd)
  const ended = await vgm(args, { cwd })
  const [line, ...rest] = ended.stderr.split('\n')
  expect(rest).toEqual([''])
  if (typeof message === 'string') expect(line).toBe(`vgm: ${message}`)
  else expect(line!.replace(/^vgm: /, '')).toMatch(message)
  expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' })
  expect(await contentOf(cwd)).toEqual(before)
})

test('npm run without -- in front of the options is explained', async () => {
  const env = { npm_lifecycle_event: 'generate', npm_command: 'run', npm_config_sentiment: 'true' }
  expect(await vgm(['generate', 'negative'], { cwd, env })).toMatchObject({
    code: 2,
    stderr:
      'vgm: npm kept --sentiment for itself: put -- before it, as in npm run generate -- --sentiment <name>\n'
  })
})

test('a value whose option npm took for one of its own is explained', async () => {
  const env = { npm_lifecycle_event: 'generate', npm_command: 'run' }
  const { code, stderr } = await vgm(['generate', 'wasm'], { cwd, env })
  expect(stderr).toMatch(/^vgm: too many arguments .* put -- before it: npm run generate -- …\n$/)
  expect(code).toBe(2)
})

test('--debug adds the stack trace that is kept back otherwise', async () => {
  const { stderr } = await vgm(['encode', 'text.txt', '--debug'], { cwd })
  expect(stderr).toMatch(/\n {4}at /)
  expect(stderr).toMatch(/vgm: text\.txt: not a MIDI file: expected .*\n$/)
})
