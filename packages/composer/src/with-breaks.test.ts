import { nodeEngine } from '@vgm/nn/node'
import { expect, test, vi } from 'vitest'
import { modelWith } from '../test/toy.js'
import { openComposer } from './open-composer.js'

test('other tasks run while a piece is composed on the same thread', async () => {
  const composer = await openComposer({ model: modelWith({ '.': 2 }), engine: await nodeEngine('cpu') })
  let isDone = false
  let turns = 0
  const count = () => {
    turns++
    if (!isDone) setTimeout(count)
  }
  setTimeout(count)
  const piece = await composer.compose({ seed: 1, words: 200 })
  isDone = true
  expect(turns).toBeGreaterThan(2)
  vi.spyOn(performance, 'now').mockReturnValue(0)
  expect(await composer.compose({ seed: 1, words: 200 })).toEqual(piece)
  vi.restoreAllMocks()
})
