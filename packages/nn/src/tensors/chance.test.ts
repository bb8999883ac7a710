import '@tensorflow/tfjs-backend-cpu'
import { tensor1d } from '@tensorflow/tfjs-core'
import { createRandom } from '@vgm/base'
import { expect, test } from 'vitest'
import { chanceContract } from '../contract/chance.js'
import { nodeEngine } from '../node.js'
import { chanceOf, chanceSeed } from './chance.js'

const [rows, columns, rate] = [32, 512, 0.3] as const

/** 1 for what is kept and 0 for what is left out, row by row. */
async function keptAt(step: number, place = 0): Promise<number[][]> {
  const seed = chanceSeed(createRandom(1).fork('dropout').fork(step))
  const mask = await chanceOf(tensor1d(seed), { a: rate }).mask('a', [rows, columns], place)!.data()
  return Array.from({ length: rows }, (_, row) =>
    Array.from(mask.subarray(row * columns, (row + 1) * columns), value => (value > 0 ? 1 : 0))
  )
}

/** The mean square of standardised counts: near 1 where they are binomial. */
function dispersion(counts: readonly number[], size: number): number {
  const variance = size * rate * (1 - rate)
  return counts.reduce((sum, count) => sum + (count - size * (1 - rate)) ** 2 / variance, 0) / counts.length
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** The correlation of two rows, in its standard deviations. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = 1 - rate
  const covariance = sum(a.map((value, k) => (value - mean) * (b[k]! - mean))) / a.length
  return (covariance / (mean * rate)) * Math.sqrt(a.length)
}

test('leaves out the given share, in every row and every column by chance', async () => {
  const masks = await Promise.all(Array.from({ length: 12 }, (_, step) => keptAt(step)))
  const all = masks.flat()
  expect(dispersion(all.map(sum), columns)).toBeCloseTo(1, 0)
  const byColumn = masks.flatMap(mask => mask[0]!.map((_, column) => sum(mask.map(row => row[column]!))))
  expect(dispersion(byColumn, rows)).toBeGreaterThan(0.9)
  expect(dispersion(byColumn, rows)).toBeLessThan(1.1)
  expect(sum(all.map(sum)) / (all.length * columns)).toBeCloseTo(1 - rate, 2)
})

test('rows, neighbours, steps and places are independent (no correlation above 5 deviations, mean square 0.8 to 1.2)', async () => {
  const [first, second, other] = await Promise.all([keptAt(1), keptAt(2), keptAt(1, 1)])
  const pairs = first.flatMap((row, k) => [
    correlation(row, first[(k + 1) % rows]!),
    correlation(row.slice(1), row.slice(0, -1)),
    correlation(row.slice(2), row.slice(0, -2)),
    correlation(row, second[k]!),
    correlation(row, other[k]!)
  ])
  expect(Math.max(...pairs.map(Math.abs))).toBeLessThan(5)
  const meanSquare = sum(pairs.map(value => value ** 2)) / pairs.length
  expect(meanSquare).toBeGreaterThan(0.8)
  expect(meanSquare).toBeLessThan(1.2)
})

test('nothing is left out at rate 0', () => {
  expect(chanceOf(tensor1d([1, 2, 3]), { a: 0 }).mask('a', [2, 2])).toBeUndefined()
  expect(chanceOf(tensor1d([1, 2, 3]), {}).mask('a', [2, 2])).toBeUndefined()
})

const wasm = await nodeEngine('wasm')
chanceContract(() => wasm)
