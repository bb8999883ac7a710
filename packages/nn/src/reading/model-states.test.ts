import { expect, test, vi } from 'vitest'
import { untoldModel } from '../../test/models.js'
import { nodeEngine } from '../engines/backends.js'
import { openModel } from '../open.js'
import { modelDigest } from '../storage/digest.js'
import { readStates } from './evaluate.js'
import { modelStates } from './model-states.js'

const sequences = [
  [0, 1, 2],
  [0, 2]
]

test('the states of a model are read on an engine that is opened once, when it is needed', async () => {
  const model = untoldModel()
  const openEngine = vi.fn(() => nodeEngine('cpu'))
  const states = await modelStates(model, openEngine)
  expect(states).toMatchObject({ units: 2, model: await modelDigest(model) })
  expect(openEngine).not.toHaveBeenCalled()
  const opened = await openModel(model, { engine: await nodeEngine('cpu') })
  for (const [which, summary] of [
    ['final', 'last'],
    ['mean', 'mean']
  ] as const) {
    expect(await states.read(sequences, which)).toEqual(await readStates(opened, sequences, { summary }))
  }
  expect(openEngine).toHaveBeenCalledTimes(1)
})
