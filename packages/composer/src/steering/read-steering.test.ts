import { steeringToJson } from '@vgm/mlstm'
import { modelDigest } from '@vgm/nn'
import { expect, test } from 'vitest'
import { modelWith } from '../../test/toy.js'
import { readSteering } from './read-steering.js'
import { strengthen } from './strengthen.js'

const model = modelWith({})
const steering = { mode: 'add', neurons: Int32Array.of(1, 4), offsets: Float32Array.of(0.5, -0.25) } as const
const text = async (of = model) =>
  steeringToJson({ steering, units: 8, model: await modelDigest(of), provenance: {} })

test('a steering is read for the model that it is for', async () => {
  expect(await readSteering(model, await text())).toEqual(steering)
  const other = await text(modelWith({ '.': 1 }))
  await expect(readSteering(model, other, 'sad.json')).rejects.toThrow(
    'sad.json: steers another model: sha256:'
  )
})

test('a steering is made stronger or weaker', () => {
  expect(strengthen(steering, 2)).toEqual({ ...steering, offsets: Float32Array.of(1, -0.5) })
  expect(strengthen(steering, 1)).toBe(steering)
})
