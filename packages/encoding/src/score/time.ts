import type { Score } from '@vgm/encoding'

/** When the last note ends, in ticks from the start of the score. */
export function lengthTicks({ notes }: Score): number {
  return notes.reduce((latest, note) => Math.max(latest, note.startTick + note.durationTicks), 0)
}

/** When the last note ends, in seconds from the start of the score, with every change of tempo. */
export function lengthSeconds(score: Score): number {
  return secondsAt(score, lengthTicks(score))
}

/** A time in ticks as seconds from the start of the score, with every change of tempo. */
export function secondsAt({ tempos, ticksPerQuarter }: Score, end: number): number {
  let seconds = 0
  for (const [index, { tick, tempoBpm }] of tempos.entries()) {
    const until = Math.min(tempos[index + 1]?.tick ?? end, end)
    if (until > tick) seconds += ((until - tick) / ticksPerQuarter) * (60 / tempoBpm)
  }
  return seconds
}
