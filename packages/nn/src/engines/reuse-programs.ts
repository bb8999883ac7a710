import { BackendError } from '../errors.js'
import type { Engine, Program } from './types.js'

/** An engine that keeps its programs. */
export interface ReusingEngine extends Engine {
  /** Frees the programs that are kept; a second call does nothing. Nothing is compiled any more. */
  dispose(): void
}

/**
 * An engine that compiles what has a key only once for inputs of the same shapes, however often it is asked to: for work that
 * trains or reads over and over, as a cross-validation does. What has no key, or has constants, is compiled each time.
 *
 * @returns Programs with a key stay until this engine is disposed; disposing them one by one does nothing.
 */
export function reusePrograms(engine: Engine): ReusingEngine {
  const asked = new Map<string, Promise<Program>>()
  const kept: Program[] = []
  let isDisposed = false
  const compileToKeep = async (...given: Parameters<Engine['compile']>): Promise<Program> => {
    const program = await engine.compile(...given)
    if (isDisposed) program.dispose()
    else kept.push(program)
    return program
  }
  return {
    ...engine,
    async compile(fn, specs, options = {}) {
      if (isDisposed) throw new BackendError(engine.name, 'this engine has been disposed')
      if (options.key === undefined || options.constants !== undefined) {
        return engine.compile(fn, specs, options)
      }
      const id = JSON.stringify([options.key, specs.map(({ shape, dtype }) => [shape, dtype])])
      const compiled = asked.get(id) ?? compileToKeep(fn, specs, options)
      asked.set(id, compiled)
      try {
        const program = await compiled
        return { run: inputs => program.run(inputs), dispose: () => {} }
      } catch (error) {
        asked.delete(id)
        throw error
      }
    },
    dispose() {
      isDisposed = true
      for (const program of kept) program.dispose()
      kept.length = 0
      asked.clear()
    }
  }
}
