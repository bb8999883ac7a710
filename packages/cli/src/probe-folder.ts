import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Where a model folder keeps a probe. */
export function probePath(folder: string, name: string): string {
  return join(folder, 'probes', `${name}.json`)
}

/** The names of the probes that a model folder keeps, sorted. */
export async function probeNames(folder: string): Promise<string[]> {
  const files = await readdir(dirname(probePath(folder, ''))).catch(() => [])
  return files
    .filter(file => file.endsWith('.json'))
    .map(file => file.slice(0, -'.json'.length))
    .sort()
}
