/** What the check "floors" goes by. */

/**
 * The floor of every package: it imports packages of lower floors only.
 *
 * @type {Readonly<Record<string, number>>}
 */
export const floors = {
  base: 0,
  pretrained: 0,
  'pretrained-transformer': 0,
  charts: 1,
  encoding: 1,
  'ga-steer': 1,
  'key-velocity': 1,
  nn: 1,
  probe: 1,
  'tfjs-onnx': 1,
  dataset: 2,
  features: 2,
  mlstm: 2,
  transformer: 2,
  composer: 3,
  emotion: 3,
  cli: 4
}

/** Packages that may be imported from their own floor as well. */
export const openToNeighbours = ['charts']

/** A folder with more source files than this is a heap: each idea in it deserves a folder. */
export const mostFiles = 15

/** Folders that are still heaps, to be taken off this list one by one. */
export const heaps = ['packages/encoding/src/midi']

/** Files in a circle of imports that are types only, to be taken off this list one by one. */
export const typeCircles = [
  // The errors name the codes of defects, which are listed where defects are thrown.
  'packages/encoding/src/errors.ts',
  'packages/encoding/src/midi/defects.ts'
]
