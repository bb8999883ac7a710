import { expect, test, vi } from 'vitest'
import { Breaks } from './breaks.js'

test('a break is due after some work, and lets others have their turn', async () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(100)
  const breaks = new Breaks()
  expect(breaks.isDue).toBe(false)
  now.mockReturnValue(120)
  expect(breaks.isDue).toBe(true)
  let turns = 0
  setImmediate(() => turns++)
  // Other tasks come in within a few breaks, whatever the order of the kinds of task.
  for (let taken = 0; taken < 10; taken++) await breaks.take()
  expect(turns).toBe(1)
  expect(breaks.isDue).toBe(false)
  now.mockRestore()
})

test('a signal stops the work at the next break', async () => {
  const controller = new AbortController()
  const breaks = new Breaks(controller.signal)
  controller.abort(new Error('enough'))
  await expect(breaks.take()).rejects.toThrow('enough')
  expect(() => new Breaks(controller.signal)).toThrow('enough')
})
