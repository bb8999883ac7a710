import type { Score } from '@vgm/encoding'

/** Where the last note ends, in ticks; 0 where there is none. */
function endTickOf({ notes }: Score): number {
  return notes.reduce((end, note) => Math.max(end, note.startTick + note.durationTicks), 0)
}

/** From tick 0 to the end of the last note, in seconds. */
export function lengthSecOf(score: Score): number {
  const end = endTickOf(score)
  return score.tempos.reduce((seconds, { tick, tempoBpm }, index) => {
    const until = Math.min(score.tempos[index + 1]?.tick ?? end, end)
    return seconds + (Math.max(0, until - tick) / score.ticksPerQuarter) * (60 / tempoBpm)
  }, 0)
}

/** The mean tempo from tick 0 to the end of the last note, of which there must be one, in quarter notes per minute. */
export function tempoBpmOf(score: Score): number {
  return ((endTickOf(score) / score.ticksPerQuarter) * 60) / lengthSecOf(score)
}
