import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRandom } from '@vgm/base'
import { type Note, vocabulary, writeMidi } from '@vgm/encoding'
import { type MlstmModel, mlstm } from '@vgm/mlstm'
import { modelFiles } from '@vgm/nn'
import { writeFiles } from '@vgm/nn/node'

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

/** Six eighths, again and again: loud and major, or quiet and minor; a little different for each index. */
export function phrase(isPositive: boolean, index: number, times = 1): Uint8Array {
  const once = isPositive ? [0, 4, 7, 12, 7, 4] : [0, 3, 7, 12, 8, 3]
  const scale = Array.from({ length: times }, () => once).flat()
  const notes = scale.map((step, k) => ({
    pitch: 50 + (index % 7) + step,
    velocity: (isPositive ? 90 : 40) + (index % 5),
    startTick: k * 240,
    durationTicks: 240,
    channel: 0,
    program: 0
  }))
  return writeMidi({
    ticksPerQuarter: 480,
    notes,
    tempos: [{ tick: 0, tempoBpm: 100 }],
    timeSignatures: [],
    keySignatures: []
  })
}

/** Writes `labels.csv` and its 24 phrases, two of each piece; half of the pieces are positive. */
export async function writeLabelledPhrases(folder: string): Promise<void> {
  await mkdir(join(folder, 'phrases'))
  const rows = ['label,id,filepath']
  for (let index = 0; index < 24; index++) {
    const isPositive = (index >> 1) % 2 === 0
    rows.push(`${isPositive ? 1 : -1},piece${index >> 1},phrases/${index}`)
    await writeFile(join(folder, `phrases/${index}.mid`), phrase(isPositive, index))
  }
  await writeFile(join(folder, 'labels.csv'), `${rows.join('\n')}\n`)
}

/** Writes a folder of MIDI files. */
export async function writeMusic(folder: string, count: number, first = 0): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (let index = 0; index < count; index++) {
    await writeFile(join(folder, `${index}.mid`), midiFile(first + index))
  }
}

/**
 * Writes the folder of a small model that has learnt nothing.
 *
 * @param loudness How much the prediction listens to the units, beside a fresh model.
 */
export async function writeModel(folder: string, hash = vocabulary.hash, loudness = 1): Promise<void> {
  const config = { vocabularySize: vocabulary.size, embedding: 4, units: 8 }
  const weights = mlstm.initial(config, createRandom(1))
  const model: MlstmModel = {
    architecture: mlstm,
    config,
    vocabulary: { name: vocabulary.name, hash },
    weights: { ...weights, wo: weights.wo!.map(value => loudness * value) },
    provenance: {},
    metrics: {},
    license: 'none'
  }
  await writeFiles(folder, modelFiles(model, 'F32'))
}
