import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Note, vocabulary, writeMidi } from '@vgm/encoding'
import { initialWeights, type Model, modelFiles } from '@vgm/mlstm'
import { writeFiles } from '@vgm/mlstm/node'

/** A MIDI file of a scale at 120 bpm, another for each index; 0 notes make a file of silence. */
export function midiFile(index: number, noteCount = 24): Uint8Array {
  const notes = Array.from({ length: noteCount }, (_, k): Note => {
    const pitch = 48 + ((k * (3 + index)) % 30)
    const velocity = 40 + ((k * 7 + index) % 60)
    return { pitch, velocity, startTick: k * 120, durationTicks: 120 * (1 + (k % 4)), channel: 0, program: 0 }
  })
  return writeMidi({
    ticksPerQuarter: 480,
    notes,
    tempos: [{ tick: 0, tempoBpm: 120 }],
    timeSignatures: [],
    keySignatures: []
  })
}

/** Writes a folder of MIDI files. */
export async function writeMusic(folder: string, count: number, first = 0): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (let index = 0; index < count; index++) {
    await writeFile(join(folder, `${index}.mid`), midiFile(first + index))
  }
}

/** Writes the folder of a small model that has learnt nothing. */
export async function writeModel(folder: string, hash = vocabulary.hash): Promise<void> {
  const config = { vocabularySize: vocabulary.size, embedding: 4, units: 8 }
  const model: Model = {
    config,
    vocabulary: { name: vocabulary.name, hash },
    weights: initialWeights(config, 1),
    provenance: {},
    metrics: {},
    license: 'none'
  }
  await writeFiles(folder, modelFiles(model, 'F32'))
}
