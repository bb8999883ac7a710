import { countHeard, type Score } from '@vgm/encoding'
import { type FormMeasure, form, summarizeForms } from '@vgm/features'

/** The medians of form over composed pieces, those without a note left out; `summarizeForms` of `@vgm/features` says more. */
export function medianForm(pieces: readonly Score[]): Record<FormMeasure, number | null> {
  return summarizeForms(pieces.filter(piece => countHeard(piece) > 0).map(form))
}
