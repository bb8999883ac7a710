/** The largest number of variable length in a MIDI file: the longest time between two events, in ticks. */
export const largestDelta = 0x0fffffff

/** The meta events whose length the standard fixes, by type. */
export const metaLengths: ReadonlyMap<number, { readonly name: string; readonly length: number }> = new Map([
  [0x00, { name: 'sequence number', length: 2 }],
  [0x20, { name: 'channel prefix', length: 1 }],
  [0x21, { name: 'port', length: 1 }],
  [0x2f, { name: 'end of track', length: 0 }],
  [0x51, { name: 'tempo', length: 3 }],
  [0x54, { name: 'SMPTE offset', length: 5 }],
  [0x58, { name: 'time signature', length: 4 }],
  [0x59, { name: 'key signature', length: 2 }]
])

/** How many data bytes follow the statuses 0xf1 to 0xf6. */
export const systemDataBytes = [1, 2, 1, 0, 0, 0]
