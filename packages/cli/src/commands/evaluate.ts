import { command } from '../flags/command.js'
import * as common from '../flags/options.js'
import type { Values } from '../flags/values.js'
import { withProgress } from '../terminal/progress.js'
import { countNoun, log, print } from '../terminal/text.js'

const options = {
  engine: common.engine,
  precision: common.precision,
  ...common.wordFlags,
  json: common.json
}

const help = `
Examples:
  vgm evaluate my-model music/test
  vgm evaluate pretrained music/test --json

Each piece is read from its beginning on its own. Perplexity is the number of equally likely words among which the model is
as good as guessing.`

/** `vgm evaluate`. */
export const evaluate = command({
  name: 'evaluate',
  description: 'Measure how well a model predicts a folder of MIDI files.',
  arguments: [common.modelArgument, ['<dir>', 'folder of MIDI files, subfolders included']],
  options,
  help,
  run
})

async function run(
  name: string,
  dir: string,
  flags: Values<typeof options>,
  signal: AbortSignal
): Promise<void> {
  const { vocabulary } = await import('@vgm/encoding')
  const { evaluate, openModel } = await import('@vgm/nn')
  const { openEngine } = await import('../inputs/open-engine.js')
  const { readModel } = await import('../inputs/open-model.js')
  const { readPieces } = await import('../inputs/music.js')
  const model = await readModel(name)
  // As training music: without empty bars at the beginning.
  const reading = { ...common.midiReading(flags), trimStart: true }
  const pieces = await readPieces(dir, { log, reading })
  const opened = await openModel(model, { engine: await openEngine(flags) })
  const ids = pieces.map(piece => piece.ids)
  const total = ids.reduce((sum, piece) => sum + piece.length, 0)

  // The first report comes after what is compiled once; where it is the only one, that time counts, too.
  const start = { words: 0, time: performance.now() }
  let first = start
  const { crossEntropy, perplexity, words } = await withProgress('evaluating', ({ show }) =>
    evaluate(opened, ids, {
      ...{ endOfPiece: vocabulary.idOf('\n'), signal },
      onProgress(progress) {
        show({ ...progress, total })
        if (first === start) first = { words: progress.done, time: performance.now() }
      }
    })
  )
  const from = first.words === words ? start : first
  const wordsPerSecond = Math.round((words - from.words) / ((performance.now() - from.time) / 1000))
  const result = {
    model: name,
    data: dir,
    pieces: pieces.length,
    words,
    crossEntropy,
    perplexity,
    wordsPerSecond
  }
  const lines = [
    `cross-entropy  ${crossEntropy.toFixed(4)} nats per word`,
    `perplexity     ${perplexity.toFixed(3)}`,
    `words          ${words} in ${countNoun(pieces.length, 'piece')}`,
    `speed          ${wordsPerSecond} words/s`
  ]
  print(flags.json, result, `${lines.join('\n')}\n`)
}
