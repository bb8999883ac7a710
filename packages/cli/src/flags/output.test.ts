import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { UsageError } from '../terminal/errors.js'
import { planOutputs } from './output.js'

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vgm-output-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

test.each(['a.wav', 'a.mp3', 'a.svg', 'a.png', 'a.txt', 'a.musicxml', 'a.mid.gz', 'A.WAV'])(
  '%s is refused: it is no MIDI file that would be written',
  async name => {
    const out = join(await temporaryFolder(), name)
    const refused = planOutputs(out, 1, 'vgm-7')
    await expect(refused).rejects.toThrow(UsageError)
    const stem = out.slice(0, out.lastIndexOf('.'))
    await expect(refused).rejects.toThrow(
      `MIDI is written here, not ${out.slice(stem.length)}: name it ${stem}.mid`
    )
    await expect(planOutputs(out, 2, 'vgm-7')).rejects.toThrow(UsageError)
  }
)

test('a sound file is said to need a synthesizer', async () => {
  await expect(planOutputs('a.wav', 1, 'vgm-7')).rejects.toThrow('a synthesizer, such as timidity')
  await expect(planOutputs('a.svg', 1, 'vgm-7')).rejects.not.toThrow('synthesizer')
})

test.each(['a.mid', 'a.MIDI', 'a', 'take-1.5', '.hidden'])('%s is written', async name => {
  const out = join(await temporaryFolder(), name)
  expect(await planOutputs(out, 1, 'vgm-7')).toEqual([out])
})

test('one piece of several has the file that it has among them all, or its own', async () => {
  const folder = await temporaryFolder()
  expect(await planOutputs(folder, 8, 'vgm-7', 3)).toEqual([join(folder, 'piece-3.mid')])
  expect(await planOutputs(join(folder, 'new'), 8, 'vgm-7', 3)).toEqual([join(folder, 'new/piece-3.mid')])
  const file = join(folder, 'a.mid')
  expect(await planOutputs(file, 8, 'vgm-7', 3)).toEqual([file])
  expect(await planOutputs('-', 8, 'vgm-7', 3)).toEqual(['-'])
  await expect(planOutputs(file, 8, 'vgm-7')).rejects.toThrow('8 pieces go into a folder, not into one file')
})

test('a folder that exists may have any name', async () => {
  const folder = await mkdtemp(join(await temporaryFolder(), 'take.'))
  expect(await planOutputs(folder, 1, 'vgm-7')).toEqual([join(folder, 'vgm-7.mid')])
  expect(await planOutputs(folder, 2, 'vgm-7')).toEqual([
    join(folder, 'piece-1.mid'),
    join(folder, 'piece-2.mid')
  ])
})
