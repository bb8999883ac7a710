import { floatSpecs, type SequenceArchitecture, type SequenceConfig } from '../architecture.js'
import type { Shapes } from '../weights.js'
import { compileNamed, type Specs } from './named-program.js'
import type { Engine, Handle, Value } from './types.js'

/** The specs of the arrays that an architecture's `step` computes with. */
export function preparedSpecs<Config extends SequenceConfig>(
  architecture: SequenceArchitecture<Config>,
  config: Config
): Specs {
  return floatSpecs(preparedShapes(architecture, config))
}

function preparedShapes<Config extends SequenceConfig>(
  architecture: SequenceArchitecture<Config>,
  config: Config
): Shapes {
  return architecture.prepared?.shapes(config) ?? architecture.parameters(config)
}

/** What a {@link prepare} gives: values by name, of which those that it made itself are to be released. */
export interface Prepared {
  readonly values: Readonly<Record<string, Value>>
  readonly made: readonly Handle[]
}

/**
 * Prepares parameters, wherever they are, for `step`.
 *
 * @param parameters Host arrays, or handles of the engine.
 */
export async function prepare<Config extends SequenceConfig>(
  engine: Engine,
  architecture: SequenceArchitecture<Config>,
  config: Config,
  parameters: Readonly<Record<string, Value>>
): Promise<Prepared> {
  const { prepared } = architecture
  if (prepared === undefined) return { values: parameters, made: [] }
  const shapes = architecture.parameters(config)
  const names = Object.keys(preparedShapes(architecture, config))
  const worked = names.filter(name => !(name in shapes))
  const program = await compileNamed(engine, {
    key: `prepare ${architecture.format} ${JSON.stringify(config)}`,
    inputs: floatSpecs(shapes),
    outputs: worked,
    compute: inputs => prepared.compute(inputs)
  })
  try {
    const made = await program.run(parameters)
    const values = Object.fromEntries(names.map(name => [name, made[name] ?? parameters[name]!]))
    return { values, made: Object.values(made) }
  } finally {
    program.dispose()
  }
}
