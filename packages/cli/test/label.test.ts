import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseMidi } from '@vgm/encoding'
import { countVelocityClasses, estimateKey, velocityLabels } from '@vgm/key-velocity'
import { beforeEach, expect, test } from 'vitest'
import { midiFile, writeMusic } from './music.js'
import { done, temporaryFolder, vgm } from './vgm.js'

let cwd: string
beforeEach(async () => {
  cwd = await temporaryFolder()
  await writeMusic(join(cwd, 'music'), 2)
})

/** A file whose every note is percussion. */
const drums = midiFile(0).map(byte => (byte === 0x90 || byte === 0x80 || byte === 0xc0 ? byte | 9 : byte))

test('prints the key and the velocity classes of each file of a folder, aligned', async () => {
  const { stdout } = await done(['label', 'music'], { cwd })
  expect(stdout).toBe(
    [
      'file         tonic  mode   keyIndex  correlation  notes  pp  p  mp  mf  f  ff',
      'music/0.mid  Eb     minor        15       0.3820     24   0  4   6   7  5   2',
      'music/1.mid  C      major         0       0.4772     24   0  4   7   7  5   1',
      ''
    ].join('\n')
  )
})

test('--json prints what the library says', async () => {
  const score = parseMidi(midiFile(0))
  const { alternatives: _, ...key } = estimateKey(score)
  const { stdout } = await done(['label', '-', '--json'], { input: midiFile(0) })
  expect(JSON.parse(stdout)).toEqual([{ file: '-', key, velocities: countVelocityClasses(score) }])
})

test('--notes labels each note', async () => {
  const { notes } = parseMidi(midiFile(1))
  const classes = velocityLabels(notes)
  const { stdout } = await done(['label', 'music/1.mid', '--notes', '--json'], { cwd })
  const [{ notes: labelled }] = JSON.parse(stdout)
  expect(labelled).toEqual(
    notes.map(({ startTick, durationTicks, pitch, velocity }, index) => ({
      startTick,
      durationTicks,
      pitch,
      velocity,
      velocityClass: classes[index]
    }))
  )
  const table = (await done(['label', 'music/1.mid', '--notes'], { cwd })).stdout.split('\n')
  expect(table[0]).toBe('file         startTick  durationTicks  pitch  velocity  velocityClass')
  expect(table[1]).toBe('music/1.mid          0            120     48        41  p')
  expect(table).toHaveLength(notes.length + 2)
})

test('--csv quotes file names that need it; --out writes a file', async () => {
  await writeFile(join(cwd, 'a, "b".mid'), midiFile(0))
  const { stdout } = await done(['label', 'a, "b".mid', '--csv', '--out', 'labels.csv'], { cwd })
  expect(stdout).toBe('')
  expect(await readFile(join(cwd, 'labels.csv'), 'utf8')).toBe(
    'file,tonic,mode,keyIndex,correlation,notes,pp,p,mp,mf,f,ff\n"a, ""b"".mid",Eb,minor,15,0.3820,24,0,4,6,7,5,2\n'
  )
})

test('--profile compares with another profile; a wrong one is bad usage', async () => {
  const { stdout } = await done(['label', 'music/0.mid', '--profile', 'temperley', '--json'], { cwd })
  const { alternatives: _, ...key } = estimateKey(parseMidi(midiFile(0)), { profile: 'temperley' })
  expect(JSON.parse(stdout)).toMatchObject([{ key }])
  const { code, stderr } = await vgm(['label', 'music/0.mid', '--profile', 'krumhansl'], { cwd })
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      "vgm: option '--profile <name>' argument 'krumhansl' is invalid. Allowed choices are krumhansl-kessler, temperley, aarden-essen, albrecht-shanahan, bellman-budge.\n"
  })
})

test('skips what cannot be labelled in a folder, with its reason', async () => {
  await mkdir(join(cwd, 'music/more'))
  await writeFile(join(cwd, 'music/more/broken.mid'), 'not MIDI')
  await writeFile(join(cwd, 'music/more/drums.mid'), drums)
  await writeFile(join(cwd, 'music/more/silent.mid'), midiFile(0, 0))
  const { stdout, stderr } = await done(['label', 'music', '--csv'], { cwd })
  expect(stdout.split('\n')).toHaveLength(4)
  expect(stderr).toBe(
    [
      'skipped music/more/broken.mid: not a MIDI file: expected "MThd", got "not " at byte 0',
      'skipped music/more/drums.mid: only percussion: 24 notes',
      'skipped music/more/silent.mid: no notes',
      ''
    ].join('\n')
  )
  const { code, stderr: none } = await vgm(['label', 'music/more'], { cwd })
  expect(code).toBe(1)
  expect(none).toMatch(/vgm: music\/more: none of its MIDI files can be labelled\n$/)
})

test('labels the good files; the exit code is 1 if a bad one was named', async () => {
  await writeFile(join(cwd, 'drums.mid'), drums)
  const { stdout: good } = await done(['label', 'music'], { cwd })
  const { code, stdout, stderr } = await vgm(['label', 'drums.mid', 'music'], { cwd })
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: good,
    stderr:
      'skipped drums.mid: only percussion: 24 notes\nvgm: drums.mid could not be labelled; the others were\n'
  })
})
