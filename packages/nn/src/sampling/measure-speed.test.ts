import { expect, test } from 'vitest'
import { untoldModel } from '../../test/models.js'
import { nodeEngine } from '../engines/backends.js'
import { openModel } from '../open.js'
import { measureSpeed } from './measure-speed.js'

test('a word takes its share of the time that blocks of 16 take', async () => {
  const opened = await openModel(untoldModel(), { engine: await nodeEngine('cpu') })
  const start = performance.now()
  const msPerWord = await measureSpeed(opened, { endOfPiece: 0 })
  expect(msPerWord).toBeGreaterThan(0)
  // The middle one of three blocks took no longer than two of them together.
  expect(msPerWord * 32).toBeLessThan(performance.now() - start)
})
