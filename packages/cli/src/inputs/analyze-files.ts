import type { Cancel, Watch } from '@vgm/base'
import { type Analysis, analyzeEach, type Judge, prepareFile } from '@vgm/emotion'
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
  const analyses: Analysis[] = []
  const missed: string[] = []
  // With percussion, so that a file of nothing else is told from an empty one.
  const midi = { ...reading, includePercussion: true }
  const files = readEach(sources, {
    read: file => readFrom(file, midi, score => prepareFile(file, score, { withForm, signal })),
    ...{ verb: 'analyzed', log: reading.log, signal },
    onMiss: path => missed.push(path)
  })
  const options = { total: countFiles(sources), signal, onProgress }
  for await (const analysis of analyzeEach(files, judge, options)) analyses.push(analysis)
  return { analyses, missed }
}
