import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** The path of the steering that a model folder keeps under a name. */
export function steeringPath(folder: string, name: string): string {
  return join(folder, 'steering', `${name}.json`)
}

/** The names of the steerings that a model folder keeps, sorted; searches that are not over are left out. */
export async function steeringNames(folder: string): Promise<string[]> {
  const files = await readdir(dirname(steeringPath(folder, ''))).catch(() => [])
  return files
    .filter(file => file.endsWith('.json') && !file.endsWith('.search.json'))
    .map(file => file.slice(0, -'.json'.length))
    .sort()
}
