/** `npm run bench [part …]`: every measurement in one run, as the table of bench/README.md. */
import { cpus } from 'node:os'
import { join } from 'node:path'
import { benchEncode } from './encode.mjs'
import { benchKey } from './key.mjs'
import {
  benchManyPieces,
  benchOnePiece,
  benchPopulation,
  benchStates,
  benchTrain,
  benchTransformer
} from './model.mjs'
import { benchProbe } from './probe.mjs'

const data = process.env.VGM_DATA ?? join(import.meta.dirname, '../../shared/data')
const parts = {
  encode: [() => benchEncode(data)],
  key: [() => benchKey(data)],
  probe: [benchProbe],
  train: [256, 512, 1024].map(units => () => benchTrain(units)),
  generate: [...[512, 1024].map(units => () => benchOnePiece(units)), () => benchManyPieces(512)],
  steer: [() => benchPopulation(512)],
  states: [512, 1024].map(units => () => benchStates(units, data)),
  transformer: [benchTransformer]
}
const asked = process.argv.slice(2)
const unknown = asked.find(name => !Object.hasOwn(parts, name))
if (unknown !== undefined) {
  console.error(`Unknown part "${unknown}". Parts: ${Object.keys(parts).join(', ')}`)
  process.exit(2)
}
const [{ model }] = cpus()
console.log(`Node ${process.versions.node}, ${cpus().length} × ${model}; medians\n`)
console.log('| work | size | speed | ratio | peak memory |')
console.log('|---|---|---|---|---|')
for (const name of asked.length > 0 ? asked : Object.keys(parts)) {
  for (const part of parts[name]) {
    for (const row of await part()) console.log(`| ${row.join(' | ')} |`)
  }
}
