/** The time step (sixteenth) nearest to a tick; half-way, the later. */
export function nearestStep(tick: number, ticksPerQuarter: number): number {
  return Math.floor((8 * tick + ticksPerQuarter) / (2 * ticksPerQuarter))
}

/** The bin (0 for `v_4` to 31 for `v_128`) of the multiple of 4 nearest to a velocity; half-way, the louder. */
export function velocityBin(velocity: number): number {
  return Math.max(nearestFourth(velocity), 1) - 1
}

/** The velocity that a bin stands for when it is played; the highest is 127. */
export function velocityOfBin(bin: number): number {
  return Math.min(4 + 4 * bin, 127)
}

/** The bin (0 for `t_24` to 34 for `t_160`) of the multiple of 4 nearest to a tempo; half-way, the faster. */
export function tempoBin(tempoBpm: number): number {
  return Math.min(Math.max(nearestFourth(tempoBpm), 6), 40) - 6
}

/** Whether the multiple of 4 nearest to a tempo is within 24…160. */
export function isTempoInRange(tempoBpm: number): boolean {
  const fourth = nearestFourth(tempoBpm)
  return fourth >= 6 && fourth <= 40
}

function nearestFourth(value: number): number {
  return Math.floor(value / 4 + 0.5)
}
