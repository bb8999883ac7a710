import { join } from 'node:path'
import type { PlanBank } from '@vgm/composer'
import type { Plan } from '@vgm/encoding/description'
import { kindOf, naming, readInput } from '../terminal/files.js'
import { modelFolder, plannedFolder } from './open-model.js'

const bankName = 'plans.json'

/** The bank of plans in a model's folder, or the shipped one. @throws {CommandError} naming the file, if it is damaged. */
export async function readBank(model: string): Promise<PlanBank> {
  const own = join(await modelFolder(model), bankName)
  const file = (await kindOf(own)) === 'file' ? own : join(await plannedFolder(), bankName)
  const text = new TextDecoder().decode(await readInput(file))
  const { planBankFromJson } = await import('@vgm/composer')
  return naming(file, () => planBankFromJson(text))
}

/** A plan as `vgm describe` prints it, as text or JSON. @throws {CommandError} naming the file and the bar. */
export async function readPlan(file: string): Promise<Plan> {
  const text = new TextDecoder().decode(await readInput(file))
  const { parsePlan, planFromJson } = await import('@vgm/encoding/description')
  return naming(file, () => (text.trimStart().startsWith('{') ? planFromJson(text) : parsePlan(text)))
}
