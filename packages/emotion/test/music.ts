import type { Note, Score } from '@vgm/encoding'

/** Notes as a score of 480 ticks per quarter at 120 bpm, where no field says otherwise. */
export function scoreOf(notes: readonly Partial<Note>[], fields: Partial<Score> = {}): Score {
  const usual = { pitch: 60, velocity: 64, startTick: 0, durationTicks: 240, channel: 0, program: 0 }
  return {
    ticksPerQuarter: 480,
    notes: notes.map(note => ({ ...usual, ...note })),
    tempos: [{ tick: 0, tempoBpm: 120 }],
    timeSignatures: [],
    keySignatures: [],
    ...fields
  }
}

/** Eight eighths per bar of G major around the middle of the keyboard: up an octave in bars `+`, down in bars `-`. */
export function waves(bars: string, fields: Partial<Score> = {}): Score {
  const steps = [0, 4, 7, 12, 7, 4, 0, 7]
  const notes = [...bars].flatMap((bar, index) =>
    steps.map((step, k) => ({ pitch: (bar === '+' ? 67 : 43) + step, startTick: index * 1920 + k * 240 }))
  )
  return scoreOf(notes, fields)
}

/** So many notes of a scale in sixteenths, another for each index. */
export function scale(index: number, count = 24): Score {
  return scoreOf(
    Array.from({ length: count }, (_, k) => ({
      pitch: 48 + ((k * (3 + index)) % 30),
      velocity: 40 + ((k * 7 + index) % 60),
      startTick: k * 120,
      durationTicks: 120 * (1 + (k % 4))
    }))
  )
}

/** Six eighths: loud and major, or quiet and minor; a little different for each index. */
export function mood(isPositive: boolean, index: number): Score {
  const steps = isPositive ? [0, 4, 7, 12, 7, 4] : [0, 3, 7, 12, 8, 3]
  return scoreOf(
    steps.map((step, k) => ({
      pitch: 50 + (index % 7) + step,
      velocity: (isPositive ? 90 : 40) + (index % 5),
      startTick: k * 240
    }))
  )
}

/** 24 labelled phrases, two of each piece; half of the pieces are positive. */
export function labelledPhrases() {
  return Array.from({ length: 24 }, (_, index) => {
    const piece = index >> 1
    const isPositive = piece % 2 === 0
    const sentiment: 1 | -1 = isPositive ? 1 : -1
    return { piece: `piece ${piece}`, sentiment, score: mood(isPositive, index) }
  })
}
