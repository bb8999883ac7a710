import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { steeringToJson } from '@vgm/mlstm'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { writeModel } from '../../test/music.js'
import { CommandError, UsageError } from '../terminal/errors.js'
import { readModel } from './open-model.js'
import { openSteering } from './steering-folder.js'

let name: string
beforeEach(async () => {
  name = await mkdtemp(join(tmpdir(), 'vgm-steering-'))
  onTestFinished(() => rm(name, { recursive: true }))
  await writeModel(name)
})

const steering = { neurons: Int32Array.of(3), offsets: Float32Array.of(0.5), mode: 'add' } as const
const text = steeringToJson({ steering, units: 8, provenance: {} })

async function writeSteerings(): Promise<void> {
  await mkdir(join(name, 'steering'))
  for (const file of ['positive.json', 'negative.json', 'negative.search.json']) {
    await writeFile(join(name, 'steering', file), text)
  }
}
const open = async (sentiment: string) => openSteering(sentiment, { model: await readModel(name), name })

test.each([
  ['happy', ' (Did you mean positive?)'],
  ['Sad', ' (Did you mean negative?)'],
  ['negativ', ' (Did you mean negative?)'],
  ['postive', ' (Did you mean positive?)'],
  ['baroque', '']
])('%s is a wrong choice: the right ones are named', async (sentiment, hint) => {
  await writeSteerings()
  const refused = open(sentiment)
  await expect(refused).rejects.toThrow(UsageError)
  await expect(refused).rejects.toThrow(
    new UsageError(`--sentiment ${sentiment}: ${name} knows negative, positive${hint}`)
  )
})

test('a model without steerings says how to find one', async () => {
  await expect(open('positive')).rejects.toThrow(CommandError)
  await expect(open('positive')).rejects.toThrow(`vgm steer ${name} --target positive finds how`)
})

test('a name and a path are opened', async () => {
  await writeSteerings()
  const path = join(name, 'mine.json')
  await writeFile(path, text)
  for (const sentiment of ['positive', path]) expect((await open(sentiment)).steering).toEqual(steering)
})
