import type { Score } from '@vgm/encoding'

/** When the last note ends, in seconds from the start of the score, with every change of tempo. */
export function lengthSeconds({ notes, tempos, ticksPerQuarter }: Score): number {
  const end = notes.reduce((latest, note) => Math.max(latest, note.startTick + note.durationTicks), 0)
  let seconds = 0
  for (const [index, { tick, tempoBpm }] of tempos.entries()) {
    const until = Math.min(tempos[index + 1]?.tick ?? end, end)
    if (until > tick) seconds += ((until - tick) / ticksPerQuarter) * (60 / tempoBpm)
  }
  return seconds
}
