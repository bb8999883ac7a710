import type { HostArray, Value } from './types.js'

/** The numbers of a value: those of an array as they are, those of a handle copied to the host. */
export async function readValue(value: Value): Promise<HostArray> {
  return 'read' in value ? value.read() : value
}
