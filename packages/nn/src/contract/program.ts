import { add, matMul, mul, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { release } from '../engines/handles.js'
import type { Engine, Handle, TensorSpec } from '../engines/types.js'

const matrix: TensorSpec = { shape: [2, 3], dtype: 'float32' }
const count: TensorSpec = { shape: [2], dtype: 'int32' }

/** Programs: what goes in, what comes out, who owns it. */
export function programContract(engine: () => Engine): void {
  describe('programs', () => {
    test('take values in order, and give values in order with their shapes and types', async () => {
      const fn = (a: Tensor, b: Tensor, n: Tensor) => [matMul(a as Tensor2D, b as Tensor2D), n, a]
      const program = await engine().compile(fn as (...inputs: Tensor[]) => Tensor[], [
        matrix,
        { shape: [3, 1], dtype: 'float32' },
        count
      ])
      const a = Float32Array.of(1, 2, 3, 4, 5, 6)
      const outputs = await program.run([a, Float32Array.of(1, 10, 100), Int32Array.of(7, -8)])
      expect(outputs.map(output => [...output.shape])).toEqual([[2, 1], [2], [2, 3]])
      const values = await Promise.all(outputs.map(output => output.read()))
      expect(values).toEqual([Float32Array.of(321, 654), Int32Array.of(7, -8), a])
      release(outputs)
      program.dispose()
    })

    test('take the scalar that a shape [] means', async () => {
      const program = await engine().compile(
        (a, s) => [mul(a!, s!)],
        [matrix, { shape: [], dtype: 'float32' }]
      )
      const [product] = await program.run([Float32Array.of(1, 2, 3, 4, 5, 6), Float32Array.of(0.5)])
      expect(await product!.read()).toEqual(Float32Array.of(0.5, 1, 1.5, 2, 2.5, 3))
      release([product!])
      program.dispose()
    })

    test("leave the caller's arrays and handles as they are: a handle serves many runs", async () => {
      const program = await engine().compile((a, b) => [add(a!, b!), a!], [matrix, matrix])
      const ones = new Float32Array(6).fill(1)
      let [sum, given] = (await program.run([ones, ones])) as [Handle, Handle]
      for (let k = 0; k < 3; k++) {
        const [next, same] = (await program.run([sum, ones])) as [Handle, Handle]
        same.dispose() // a value of its own: `sum` lives on
        expect((await sum.read())[0]).toBe(k + 2)
        sum.dispose()
        sum = next
      }
      expect(await sum.read()).toEqual(new Float32Array(6).fill(5))
      expect(await given.read()).toEqual(ones)
      expect(ones).toEqual(new Float32Array(6).fill(1))
      release([sum, given])
      program.dispose()
    })

    test('give values that nobody changes: neither by the array given nor by the one read', async () => {
      const program = await engine().compile(a => [a!], [matrix])
      const array = new Float32Array(6)
      const [before] = await program.run([array])
      array.fill(9)
      const [after] = await program.run([array])
      const read = await before!.read()
      expect(read[0]).toBe(0)
      read.fill(7)
      expect((await before!.read())[0]).toBe(0)
      expect((await after!.read())[0]).toBe(9)
      release([before!, after!])
      program.dispose()
    })

    test('refuse what does not fit with a ShapeError that names the input, and run on', async () => {
      const program = await engine().compile((a, n) => [a!, n!], [matrix, count])
      const floats = new Float32Array(6)
      const integers = new Int32Array(2)
      const [whole, half] = (await program.run([floats, integers])) as [Handle, Handle]
      const foreign: Handle = { shape: [2, 3], read: async () => floats, dispose: () => {} }
      const refused: [string, unknown[]][] = [
        ['input 0', [new Float32Array(5), integers]],
        ['input 0', [new Int32Array(6), integers]],
        ['input 1', [floats, new Float32Array(2)]],
        ['input 1', [floats, new Int32Array(3)]],
        ['input 0', [half, integers]],
        ['input 0', [foreign, integers]],
        ['inputs', [floats]],
        ['inputs', [floats, integers, integers]]
      ]
      for (const [value, inputs] of refused) {
        const error = await program.run(inputs as Float32Array[]).catch((reason: unknown) => reason)
        expect(error, value).toMatchObject({
          name: 'ShapeError',
          message: expect.stringMatching(new RegExp(`(^|: )${value} expected `))
        })
      }
      const again = await program.run([whole, half])
      release([whole, half, ...again])
      program.dispose()
    })

    test('refuse a handle of the right shape and the wrong type', async () => {
      const floats = await engine().compile(a => [a!], [{ shape: [2], dtype: 'float32' }])
      const [handle] = await floats.run([Float32Array.of(1, 2)])
      const integers = await engine().compile(a => [a!], [count])
      await expect(integers.run([handle!])).rejects.toMatchObject({ name: 'ShapeError' })
      release([handle!])
      floats.dispose()
      integers.dispose()
    })

    test('have the constants they were compiled with, whatever becomes of the arrays', async () => {
      const constant = Float32Array.of(1, 2, 3, 4, 5, 6)
      const program = await engine().compile((a, b) => [add(a!, b!)], [matrix, matrix], {
        constants: [constant]
      })
      constant.fill(9)
      for (const shift of [10, 20]) {
        const outputs = await program.run([new Float32Array(6).fill(shift)])
        expect(await outputs[0]!.read()).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6).map(x => x + shift))
        release(outputs)
      }
      await expect(program.run([constant, constant])).rejects.toMatchObject({ name: 'ShapeError' })
      program.dispose()
      const small = { constants: [new Float32Array(5)] }
      const refused = engine().compile((a, b) => [add(a!, b!)], [matrix, matrix], small)
      await expect(refused).rejects.toMatchObject({ name: 'ShapeError' })
    })

    test('take their inputs at the call: arrays that change and handles that go meanwhile change nothing', async () => {
      const program = await engine().compile((a, b) => [add(a!, b!)], [matrix, matrix])
      const [handle] = await program.run([new Float32Array(6).fill(1), new Float32Array(6)])
      const array = new Float32Array(6)
      // Long enough for an engine that goes back to the event loop before it reads.
      const pending = Array.from({ length: 40 }, (_, k) => {
        const run = program.run([handle!, array.fill(k)])
        array.fill(-1)
        return run
      })
      handle!.dispose()
      const outputs = (await Promise.all(pending)).flat()
      for (const [k, output] of outputs.entries()) {
        expect(await output.read()).toEqual(new Float32Array(6).fill(k + 1))
      }
      await expect(program.run([handle!, array])).rejects.toThrow('disposed')
      release(outputs)
      program.dispose()
    })

    test('that are disposed while they run give what they would have given', async () => {
      const program = await engine().compile((a, b) => [add(a!, b!)], [matrix, matrix], {
        constants: [new Float32Array(6).fill(3)]
      })
      const pending = [1, 2].map(value => program.run([new Float32Array(6).fill(value)]))
      program.dispose()
      const outputs = (await Promise.all(pending)).flat()
      for (const [k, output] of outputs.entries()) {
        expect(await output.read()).toEqual(new Float32Array(6).fill(k + 4))
      }
      await expect(program.run([new Float32Array(6)])).rejects.toThrow('disposed')
      release(outputs)
    })

    test('give a tensor that is returned twice as two values, each to be disposed by itself', async () => {
      const program = await engine().compile(
        (x, constant) => {
          const y = add(x!, 1)
          return [y, y, x!, x!, constant!, constant!]
        },
        [matrix, matrix]
      )
      const outputs = await program.run([new Float32Array(6), new Float32Array(6).fill(5)])
      for (const [k, expected] of [1, 1, 0, 0, 5, 5].entries()) {
        expect(await outputs[k]!.read()).toEqual(new Float32Array(6).fill(expected))
        outputs[k]!.dispose()
      }
      program.dispose()
    })

    test('refuse a run when a handle has been disposed, and a read of it', async () => {
      const program = await engine().compile(a => [a!], [matrix])
      const [handle] = await program.run([new Float32Array(6)])
      handle!.dispose()
      await expect(program.run([handle!])).rejects.toThrow('disposed')
      await expect(handle!.read()).rejects.toThrow('disposed')
      program.dispose()
    })

    test('are disposed as often as one likes, and then do not run', async () => {
      const program = await engine().compile(a => [a!], [matrix])
      const [output] = await program.run([new Float32Array(6)])
      output!.dispose()
      output!.dispose()
      program.dispose()
      program.dispose()
      await expect(program.run([new Float32Array(6)])).rejects.toThrow('disposed')
    })
  })
}
