import type { Handle } from './types.js'

/** Disposes handles. */
export function release(handles: readonly Handle[]): void {
  for (const handle of handles) handle.dispose()
}
