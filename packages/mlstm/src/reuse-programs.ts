import type { Engine, Program } from './types.js'

/** An engine that keeps its programs. */
export interface ReusingEngine extends Engine {
  /** Frees all programs; a second call does nothing. */
  dispose(): void
}

/**
 * An engine that compiles a function for inputs of the same shapes only once, however often it is asked to: for work that
 * trains or reads over and over, as a cross-validation does. Functions with constants are compiled each time.
 *
 * @returns Programs of this engine stay until it is disposed; disposing them one by one does nothing.
 */
export function reusePrograms(engine: Engine): ReusingEngine {
  const asked = new Map<unknown, Map<string, Promise<Program>>>()
  const programs: Program[] = []
  return {
    ...engine,
    async compile(fn, specs, options) {
      if (options?.constants !== undefined) return engine.compile(fn, specs, options)
      const ofFunction = asked.get(fn) ?? new Map<string, Promise<Program>>()
      asked.set(fn, ofFunction)
      const key = JSON.stringify(specs.map(({ shape, dtype }) => [shape, dtype]))
      const make = async () => {
        const program = await engine.compile(fn, specs)
        programs.push(program)
        return program
      }
      const promise = ofFunction.get(key) ?? make()
      ofFunction.set(key, promise)
      const program = await promise.catch(error => {
        ofFunction.delete(key)
        throw error
      })
      return { run: inputs => program.run(inputs), dispose: () => {} }
    },
    dispose() {
      for (const program of programs) program.dispose()
    }
  }
}
