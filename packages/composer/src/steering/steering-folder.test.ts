import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { steeringNames, steeringPath } from './steering-folder.js'

test('the steerings of a model folder are named, without searches that are not over', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vgm-steering-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  expect(await steeringNames(folder)).toEqual([])
  const path = steeringPath(folder, 'positive')
  expect(path).toBe(join(folder, 'steering', 'positive.json'))
  await mkdir(dirname(path))
  for (const name of ['positive', 'negative', 'negative.search'])
    await writeFile(steeringPath(folder, name), '')
  await writeFile(join(dirname(path), 'positive-history.svg'), '')
  expect(await steeringNames(folder)).toEqual(['negative', 'positive'])
})
