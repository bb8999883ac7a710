import { NotFiniteError } from '../errors.js'
import type { Handle, HostArray, Value } from './types.js'

/** Disposes handles. */
export function release(handles: Iterable<Handle>): void {
  for (const handle of handles) handle.dispose()
}

/** The numbers of a value: those of an array as they are, those of a handle copied to the host. */
export async function readValue(value: Value): Promise<HostArray> {
  return 'read' in value ? value.read() : value
}

/** {@link readValue} of each value, by name. */
export async function readValues(
  values: Readonly<Record<string, Value>>
): Promise<Record<string, Float32Array>> {
  const entries = Object.entries(values).map(async ([name, value]) => [name, await readValue(value)] as const)
  return Object.fromEntries(await Promise.all(entries)) as Record<string, Float32Array>
}

/**
 * The numbers of handles that hold one each.
 *
 * @param handles By what an error calls them.
 * @throws {NotFiniteError} naming the first that is not finite.
 */
export async function readFiniteScalars<Name extends string>(
  handles: Readonly<Record<Name, Handle>>
): Promise<Record<Name, number>> {
  const entries = Object.entries<Handle>(handles)
  const values = await Promise.all(entries.map(([, handle]) => handle.read()))
  const scalars = entries.map(([name], k) => [name, values[k]![0]!] as const)
  const wrong = scalars.find(([, value]) => !Number.isFinite(value))
  if (wrong !== undefined) throw new NotFiniteError(wrong[0])
  return Object.fromEntries(scalars) as Record<Name, number>
}
