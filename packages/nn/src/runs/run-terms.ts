import * as v from 'valibot'

/** What a training run began with and keeps to when it is resumed, besides its settings: the content of `run.json`. */
export const runTermsSchema = v.object({
  // By how many semitones pieces are transposed at most, anew in every epoch; null where they are not.
  semitones: v.nullable(v.number()),
  // Digests of the encoded music.
  training: v.string(),
  validation: v.nullable(v.string()),
  // The model whose weights the run began with.
  initial: v.nullable(v.object({ name: v.string(), provenance: v.record(v.string(), v.unknown()) })),
  license: v.string(),
  // How the weights are stored.
  precision: v.picklist(['f16', 'f32'])
})

/** What a training run keeps to when it is resumed, as `run.json` holds it. */
export type RunTerms = Readonly<v.InferOutput<typeof runTermsSchema>>

/** What tells one set of music from another. */
export interface MusicDigest {
  readonly digest: string
  readonly semitones: number | null
  readonly validation?: { readonly digest: string } | undefined
}

/** What a run with this music begins with. */
export function runTermsOf(
  { digest, validation, semitones }: MusicDigest,
  terms: Pick<RunTerms, 'initial' | 'license' | 'precision'>
): RunTerms {
  return { ...terms, semitones, training: digest, validation: validation?.digest ?? null }
}

/** What may be said again when a run is resumed: `init` is the name of the model that it began with. */
export interface GivenTerms extends Partial<Pick<RunTerms, 'license' | 'precision'>> {
  readonly init?: string
}

/** The first term in which a run that is resumed differs from what it began with; nothing if it keeps to all. */
export function differingTerm(
  began: RunTerms,
  music: MusicDigest,
  { init, license = began.license, precision = began.precision }: GivenTerms
): keyof RunTerms | undefined {
  const now = runTermsOf(music, { initial: began.initial, license, precision })
  const names = ['semitones', 'training', 'validation', 'initial', 'license', 'precision'] as const
  return names.find(name =>
    name === 'initial' ? init !== undefined && init !== began.initial?.name : now[name] !== began[name]
  )
}
