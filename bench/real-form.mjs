/**
 * `node bench/real-form.mjs`: the entries of packages/features/src/form/real-form.ts, which say where real music lies in
 * each measure of form.
 */
import { form, formMeasures, summarizeForms } from '@vgm/features'
import { data, readMusic } from './measure-form.mjs'

const pieces = ['train', 'test'].map(part => readMusic(`${data}/vgmidi-0.1/unlabelled/${part}`))
const forms = pieces.flat().map(form)
const middles = summarizeForms(forms)
const rounded = value => Number(value.toPrecision(4))

console.error(`${forms.length} pieces`)
for (const measure of formMeasures) {
  const values = forms.flatMap(each => (each[measure] === null ? [] : Number(each[measure])))
  values.sort((a, b) => a - b)
  const [low, high] = [0.1, 0.9].map(share => rounded(values[Math.round(share * (values.length - 1))]))
  console.log(`  ${measure}: { low: ${low}, middle: ${rounded(middles[measure])}, high: ${high} },`)
}
