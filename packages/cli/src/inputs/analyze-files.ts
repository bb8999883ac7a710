import type { Cancel, Watch } from '@vgm/base'
import { type Analysis, analysisOf, formOf, type Judge, judgeEach, preparePiece } from '@vgm/emotion'
import { countFiles, type MidiSource, readEach } from './midi-sources.js'
import { type MidiReading, readFrom } from './music.js'

/** How to analyze. */
export interface AnalyzeOptions extends MidiReading, Cancel, Watch {
  readonly judge: Judge
  /** Whether the form of the pieces is measured, too. */
  readonly withForm: boolean
  /** Called with a line for each file that is left out or repaired, and for files that are no MIDI files. */
  readonly log: (line: string) => void
}

/**
 * Analyzes MIDI files.
 *
 * @returns What was analyzed, and the files that were named and folders of which nothing could be.
 * @throws {CommandError} if none can be analyzed, saying why.
 */
export async function analyzeFiles(
  sources: readonly MidiSource[],
  { judge, withForm, signal, onProgress, ...reading }: AnalyzeOptions
): Promise<{ readonly analyses: readonly Analysis[]; readonly missed: readonly string[] }> {
  const total = countFiles(sources)
  const analyses: Analysis[] = []
  const missed: string[] = []
  let [read, judged] = [0, 0]
  const pieces = readEach(sources, {
    async read(file) {
      // With percussion, so that a file of nothing else is told from an empty one.
      const midi = { ...reading, includePercussion: true }
      return readFrom(file, midi, async score => ({
        piece: await preparePiece(score, { signal }),
        facts: { file, ...(withForm && formOf(score)) }
      }))
    },
    ...{ verb: 'analyzed', log: reading.log, signal },
    onProgress({ done }) {
      read = done
    },
    onMiss: path => missed.push(path)
  })
  const report = (done: number) => onProgress?.({ phase: 'analyzing', done, total, unit: 'files' })
  const emotions = judgeEach(pieces, judge, {
    signal,
    onProgress: ({ done, total: all = done }) => report(judged + Math.floor((done / all) * (read - judged)))
  })
  for await (const { item, emotion } of emotions) {
    analyses.push(analysisOf(item.facts, emotion))
    judged = read
    report(judged)
  }
  return { analyses, missed }
}
