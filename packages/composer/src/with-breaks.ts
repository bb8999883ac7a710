import { Breaks } from '@vgm/base'
import type { Engine } from '@vgm/nn'

/** The engine, with breaks between the runs of its programs: tfjs computes on the calling thread, which may be a page's. */
export function withBreaks(engine: Engine): Engine {
  const breaks = new Breaks()
  const { name, compiles, alive } = engine
  return {
    name,
    ...(compiles !== undefined && { compiles }),
    ...(alive && { alive }),
    async compile(...given) {
      const program = await engine.compile(...given)
      return {
        async run(inputs) {
          if (breaks.isDue) await breaks.take()
          return program.run(inputs)
        },
        dispose: () => program.dispose()
      }
    }
  }
}
