import { afterEach, expect, test, vi } from 'vitest'
import { withProgress } from './progress.js'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('work that is resumed half-way tells the time left by what was done since', async () => {
  vi.useFakeTimers()
  const lines: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation(text => lines.push(String(text)) > 0)
  await withProgress('training', async progress => {
    progress.update(0.5, 'step 1')
    vi.advanceTimersByTime(10_000)
    progress.update(0.6, 'step 2')
  })
  expect(lines).toEqual(['training 60% | step 2 | 40 s left\n'])
})

test('each part of the work has its own time left', async () => {
  vi.useFakeTimers()
  const lines: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation(text => lines.push(String(text)) > 0)
  await withProgress('probing', async progress => {
    progress.update(0.5, 'read')
    progress.update(0, 'fit')
    vi.advanceTimersByTime(20_000)
    progress.update(0.5, 'fit')
  })
  expect(lines).toEqual(['probing 50% | fit | 20 s left\n'])
})
