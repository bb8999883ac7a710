import type { Engine, Handle, HostArray, Program, Value } from '../engines/types.js'

/** What is done before an engine does what it is asked to; each may throw, or give something else to work with. */
export interface EngineWatch {
  /** Before a function is compiled; gives the constants to compile it with. */
  compile?(constants: readonly HostArray[] | undefined): readonly HostArray[] | undefined
  /** Before a program runs; gives the inputs to run it with. */
  run?(inputs: readonly Value[]): readonly Value[]
  /** Before a handle is read. */
  read?(): void
}

/** An engine under watch. */
export function watchedEngine(engine: Engine, watch: EngineWatch): Engine {
  const inner = new WeakMap<Handle, Handle>()
  const wrapHandle = (handle: Handle): Handle => {
    const outer: Handle = {
      shape: handle.shape,
      async read() {
        watch.read?.()
        return handle.read()
      },
      dispose: () => handle.dispose()
    }
    inner.set(outer, handle)
    return outer
  }
  const unwrap = (value: Value): Value => inner.get(value as Handle) ?? value
  const wrapProgram = (program: Program): Program => ({
    async run(inputs) {
      const given = watch.run === undefined ? inputs : watch.run(inputs)
      return (await program.run(given.map(unwrap))).map(wrapHandle)
    },
    dispose: () => program.dispose()
  })
  return {
    ...engine,
    async compile(fn, specs, options) {
      const constants = watch.compile === undefined ? options?.constants : watch.compile(options?.constants)
      return wrapProgram(
        await engine.compile(fn, specs, { ...options, ...(constants !== undefined && { constants }) })
      )
    }
  }
}
