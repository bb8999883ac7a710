import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { inOrder } from './in-order.js'

test('gives results in the order of the items, at most so many at work', async () => {
  let working = 0
  let most = 0
  const work = async (item: number) => {
    most = Math.max(most, ++working)
    for (let turns = item % 3; turns >= 0; turns--) await nextTurn()
    working--
    return 10 * item
  }
  const results: number[] = []
  for await (const result of inOrder([5, 3, 4, 2, 1], 3, work)) results.push(result)
  expect(results).toEqual([50, 30, 40, 20, 10])
  expect(most).toBe(3)
})

test('a later item that fails first is no unhandled rejection, and is heard of in its turn', async () => {
  const unhandled: unknown[] = []
  const listen = (reason: unknown) => unhandled.push(reason)
  const others = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', listen)
  onTestFinished(() => {
    process.off('unhandledRejection', listen)
    for (const other of others) process.on('unhandledRejection', other)
  })
  let finishFirst = () => {}
  const first = new Promise<string>(resolve => {
    finishFirst = () => resolve('first')
  })
  const results = inOrder(['good', 'bad', 'later'], 3, item => {
    if (item === 'good') return first
    return Promise.reject(new Error(item))
  })
  const pending = results.next()
  await nextTurn()
  finishFirst()
  expect(await pending).toEqual({ done: false, value: 'first' })
  await nextTurn() // the reader is slow: "bad" has failed meanwhile
  await expect(results.next()).rejects.toThrow('bad')
  await nextTurn()
  expect(unhandled).toEqual([])
})
