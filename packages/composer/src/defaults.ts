import type { SamplingOptions } from '@vgm/mlstm'

/** How words are drawn where no option says otherwise. */
export const sampling: SamplingOptions = { temperature: 0.95 }

/** Where a piece that does not end by itself is brought to its end. */
export const maxWords = 4000

/** A prime is mostly a whole piece, after which the model would end at once: it is continued by so many words at least. */
export const leastContinuation = 64

/** What has fewer notes is no piece, and has no key. */
export const leastNotes = 8
