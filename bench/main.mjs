/** `npm run bench`: every measurement in one run, as the table of bench/README.md. */
import { cpus } from 'node:os'
import { join } from 'node:path'
import { benchEncode } from './encode.mjs'
import { benchGenerate, benchTrain } from './model.mjs'

const data = process.env.VGM_DATA ?? join(import.meta.dirname, '../../shared/data')
const [{ model }] = cpus()
console.log(`Node ${process.versions.node}, ${cpus().length} × ${model}; medians\n`)
console.log('| work | size | speed | ratio |')
console.log('|---|---|---|---|')
for (const part of [
  () => benchEncode(data),
  () => benchGenerate(),
  () => benchTrain(128),
  () => benchTrain(256)
]) {
  for (const row of await part()) console.log(`| ${row.join(' | ')} |`)
}
