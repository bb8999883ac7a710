import { featureNames, featuresVersion } from '@vgm/features'
import { NoNotesError } from '@vgm/key-velocity'
import { expect, test } from 'vitest'
import { scale, scoreOf, waves } from '../../test/music.js'
import { probeOf } from '../../test/probe-of.js'
import { openJudge } from '../judge.js'
import { openEmotionReader } from '../read.js'
import { analysisOf, formOf } from './analysis.js'
import { analyzeEach, prepareFile } from './analyze-each.js'

const weights = featureNames.map(name => (name === 'mean-pitch' ? 0.25 : 0))
const probe = { probe: probeOf(weights, -15), featureKind: 'descriptors', featuresVersion }
const files = { 'a.mid': waves('++++--'), 'b.mid': scale(1, 3), 'c.mid': scale(2, 60) }

test('files are analyzed in order as each alone, and counted', async () => {
  async function* prepared() {
    for (const [file, score] of Object.entries(files)) yield prepareFile(file, score)
  }
  const done: number[] = []
  const analyses = []
  const options = { total: 3, onProgress: (progress: { done: number }) => done.push(progress.done) }
  for await (const analysis of analyzeEach(prepared(), await openJudge({ probe }), options))
    analyses.push(analysis)
  const reader = await openEmotionReader({ probe })
  const expected = Object.entries(files).map(async ([file, score]) =>
    analysisOf({ file }, await reader.read(score))
  )
  expect(analyses).toEqual(await Promise.all(expected))
  expect(done).toEqual([...done].sort((a, b) => a - b))
  expect(done.at(-1)).toBe(3)
})

test('the form is measured where it is asked for; a file without notes is refused', async () => {
  const { facts } = await prepareFile('a.mid', files['a.mid'], { withForm: true })
  expect(facts).toEqual({ file: 'a.mid', ...formOf(files['a.mid']) })
  await expect(prepareFile('none.mid', scoreOf([]))).rejects.toThrow(NoNotesError)
})
