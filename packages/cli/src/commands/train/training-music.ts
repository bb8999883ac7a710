import { InvalidOptionError } from '@vgm/base'
import type { Music, ReadMusicOptions } from '@vgm/dataset/node'
import * as dataset from '@vgm/dataset/node'
import { readingFolders } from '../../inputs/music.js'
import { UsageError } from '../../terminal/errors.js'

/** Which music to train on. */
export interface MusicChoice extends Pick<ReadMusicOptions, 'validation' | 'transpose' | 'reading'> {
  /** A folder of MIDI files, or of shards that `vgm dataset encode` wrote. */
  readonly folder: string
}

/**
 * Reads music to train on.
 *
 * @param warn Called with a line for each file that is skipped or repaired.
 * @throws {UsageError} if shards are to be augmented again.
 */
export async function readMusic(
  { folder, ...choice }: MusicChoice,
  warn: (line: string) => void
): Promise<Music> {
  try {
    return await dataset.readMusic(folder, { ...readingFolders(warn), ...choice })
  } catch (error) {
    if (!(error instanceof InvalidOptionError) || error.option !== 'transpose') throw error
    throw new UsageError(`${folder}: shards hold their variants already; leave out --transpose`)
  }
}
