/** Writes the plans of a folder of MIDI files as a bank: `node bench/plan-bank.mjs MUSIC > plans.json`. */
import { bankedPlan, planBankToJson } from '@vgm/composer'
import { readPieces } from '@vgm/dataset/node'
import { trimStart, words } from '@vgm/encoding'

const files = await readPieces(process.argv[2], { tokenizer: words })
const plans = files.flatMap(({ score }) => {
  try {
    return [bankedPlan(trimStart(score))]
  } catch {
    return []
  }
})
process.stdout.write(planBankToJson({ plans }))
