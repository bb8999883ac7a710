import { labelledPhrases, readScore, vgmidi } from '@vgm/dataset/node'
import { type LabelledPhrase, requireBothKinds } from '@vgm/emotion'
import { kindOf, labelOf, naming } from '../terminal/files.js'

/**
 * The labelled phrases of CSV files, or of folders that hold VGMIDI 0.1.
 *
 * @throws {CommandError} naming the file, the row and the column of what is wrong.
 */
export async function readPhrases(sources: readonly string[]): Promise<LabelledPhrase[]> {
  const phrases: LabelledPhrase[] = []
  for (const source of sources) {
    const isFolder = (await kindOf(source)) === 'folder'
    await naming(source, async () => {
      for await (const { path, piece, sentiment } of isFolder ? vgmidi(source) : labelledPhrases(source)) {
        phrases.push({ piece, sentiment, score: await readScore({ path }) })
      }
    })
  }
  await naming(sources.map(labelOf).join(', '), () => requireBothKinds(phrases))
  return phrases
}
