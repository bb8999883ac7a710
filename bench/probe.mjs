import { createRandom } from '@vgm/base'
import { fit } from '@vgm/probe'
import { format, interleave, median } from './measure.mjs'
import { startSklearn } from './peers/sklearn.mjs'

const rows = 966
const columns = 1024
const hiddenCount = 60
const speakingCount = 8

/**
 * As many examples as VGMIDI has labelled phrases, with features like a model's states: within −1 and 1, resembling one
 * another, since 60 hidden causes stand behind all 1,024. Eight of the causes decide about the label.
 */
function makeExamples() {
  const random = createRandom(966)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
  const projection = Float64Array.from(
    { length: hiddenCount * columns },
    () => normal() / Math.sqrt(hiddenCount)
  )
  const data = new Float64Array(rows * columns)
  const labels = new Int8Array(rows)
  for (let i = 0; i < rows; i++) {
    const hidden = Array.from({ length: hiddenCount }, normal)
    const margin = hidden.slice(0, speakingCount).reduce((sum, value) => sum + 0.7 * value, 0.5)
    labels[i] = random.next() < 1 / (1 + Math.exp(-margin)) ? 1 : -1
    for (let j = 0; j < columns; j++) {
      const value = hidden.reduce((sum, each, k) => sum + each * projection[k * columns + j], 0.3 * normal())
      data[i * columns + j] = Math.tanh(value)
    }
  }
  return { features: { data, rows, columns }, labels }
}

/** The loss and the L1 penalty of weights and intercept. */
function objectiveOf({ data }, labels, { weights, intercept }, C) {
  let loss = 0
  for (let i = 0; i < rows; i++) {
    let margin = intercept
    for (let j = 0; j < columns; j++) margin += weights[j] * data[i * columns + j]
    loss += Math.log1p(Math.exp(-labels[i] * margin))
  }
  return C * loss + weights.reduce((sum, weight) => sum + Math.abs(weight), Math.abs(intercept))
}

/**
 * L1 probes at several C, fitted in turn with liblinear's, which penalises the intercept, so ours does, too. Both stop
 * at their own default tolerance; the last column says how far above the best known objective that is.
 */
export async function benchProbe() {
  const { features, labels } = makeExamples()
  const sklearn = await startSklearn(features, labels)
  const table = []
  for (const C of [0.05, 0.2, 1]) {
    let ours
    let theirs
    const tasks = {
      '@vgm/probe': () => {
        ours = fit(features, labels, { C, penalizeIntercept: true })
      }
    }
    if (sklearn !== undefined) {
      tasks['scikit-learn liblinear'] = async () => {
        theirs = await sklearn.fit({ C, l1_ratio: 1, solver: 'liblinear', random_state: 0, max_iter: 1000 })
      }
    }
    const seconds = await interleave(tasks, 7)
    const found = { '@vgm/probe': ours, 'scikit-learn liblinear': theirs }
    const objectives = Object.keys(tasks).map(name => objectiveOf(features, labels, found[name], C))
    const best = Math.min(...objectives)
    const peer = sklearn === undefined ? undefined : median(seconds['scikit-learn liblinear'])
    Object.keys(tasks).forEach((name, index) => {
      const time = median(seconds[name])
      const used = found[name].weights.filter(weight => weight !== 0).length
      table.push([
        `probe, L1: ${name}`,
        `${rows} × ${columns}, C ${C}: ${used} neurons`,
        `${format(1000 * time)} ms, ${(objectives[index] / best - 1).toExponential(0)} above the best`,
        peer === undefined || name !== '@vgm/probe' ? '' : `${format(peer / time)} × liblinear`,
        ''
      ])
    })
  }
  await sklearn?.stop()
  return table
}
