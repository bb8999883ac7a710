/** The time step (sixteenth) nearest to a tick; half-way, the later. */
export function nearestStep(tick: number, ticksPerQuarter: number): number {
  return Math.floor((8 * tick + ticksPerQuarter) / (2 * ticksPerQuarter))
}

/** The bin (0 for `v_4` to 31 for `v_128`) of the multiple of 4 nearest to a velocity; half-way, the louder. */
export function velocityBin(velocity: number): number {
  return Math.max(Math.floor(velocity / 4 + 0.5), 1) - 1
}

/** The bin (0 for `t_24` to 34 for `t_160`) of the multiple of 4 nearest to a tempo; half-way, the faster. */
export function tempoBin(tempoBpm: number): number {
  return Math.min(Math.max(Math.floor(tempoBpm / 4 + 0.5), 6), 40) - 6
}
