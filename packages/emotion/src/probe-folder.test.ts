import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { probeToJson } from '@vgm/probe'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { probeOf } from '../test/probe-of.js'
import { findProbe, probeNames, probePath } from './probe-folder.js'

let own: string
let shared: string
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vgm-probes-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  own = join(folder, 'own')
  shared = join(folder, 'shared')
  await write(own, 'valence', 'states')
  await write(shared, 'music', 'descriptors')
  await write(shared, 'valence-distilled', 'states')
})

async function write(folder: string, name: string, featureKind: string): Promise<void> {
  await mkdir(join(folder, 'probes'), { recursive: true })
  await writeFile(probePath(folder, name), probeToJson(probeOf([1]), { featureKind }))
}

test('the probes of a folder are listed by name', async () => {
  expect(await probeNames(shared)).toEqual(['music', 'valence-distilled'])
  expect(await probeNames(join(own, 'none'))).toEqual([])
})

test('a probe is found in the model folder first, then among those that go with every model', async () => {
  expect(await findProbe('valence', own, shared)).toBe(probePath(own, 'valence'))
  expect(await findProbe('music', own, shared)).toBe(probePath(shared, 'music'))
  await write(own, 'music', 'descriptors')
  expect(await findProbe('music', own, shared)).toBe(probePath(own, 'music'))
})

test('a name that nothing has is refused with those there are; states of another model do not count', async () => {
  const path = probePath(own, 'valence-distilled')
  await expect(findProbe('valence-distilled', own, shared)).rejects.toMatchObject({
    ...{ name: 'UnknownProbeError', path, own: ['valence'], shared: ['music'] },
    problem: `${path} expected one of valence, music`
  })
})
