export const halves = ['first', 'second'] as const
/** One half of the labelled pieces: what is learnt from it, the other can judge. */
export type Half = (typeof halves)[number]
