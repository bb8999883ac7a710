import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { UsageError } from './errors.js'
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

test('a folder that exists may have any name', async () => {
  const folder = await mkdtemp(join(await temporaryFolder(), 'take.'))
  expect(await planOutputs(folder, 1, 'vgm-7')).toEqual([join(folder, 'vgm-7.mid')])
  expect(await planOutputs(folder, 2, 'vgm-7')).toEqual([
    join(folder, 'piece-1.mid'),
    join(folder, 'piece-2.mid')
  ])
})
