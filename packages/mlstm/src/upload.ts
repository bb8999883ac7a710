import { parameterSpecs, weightsInOrder } from './parameters.js'
import type { Engine, Handle, ModelConfig, Weights } from './types.js'

/** Copies the weights to the engine once, so that programs need not take them from the host at every run. */
export async function upload(
  engine: Engine,
  config: ModelConfig,
  weights: Weights
): Promise<readonly Handle[]> {
  const identity = await engine.compile((...inputs) => inputs, parameterSpecs(config))
  try {
    return await identity.run(weightsInOrder(config, weights))
  } finally {
    identity.dispose()
  }
}

/** Disposes handles. */
export function release(handles: readonly Handle[]): void {
  for (const handle of handles) handle.dispose()
}
