import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import tone from '@tonejs/midi'
import { encode, parseMidi } from '@vgm/encoding'
import { format, interleave, median } from './measure.mjs'

/** Reading MIDI: our parser, parser and encoder, beside @tonejs/midi's parser, on the same files in turn. */
export async function benchEncode(data) {
  const folder = join(data, 'vgmidi-0.1/unlabelled/test')
  const names = await readdir(folder).catch(() => [])
  if (names.length === 0) return [['encode', `skipped: no ${folder}`, '', '', '']]
  const files = await Promise.all(names.map(async name => new Uint8Array(await readFile(join(folder, name)))))
  const megabytes = files.reduce((total, file) => total + file.length, 0) / 1e6

  let consumed = 0
  const over = work => () => {
    for (const file of files) consumed += work(file)
  }
  const tasks = {
    'parseMidi + encode': over(file => encode(file).length),
    parseMidi: over(file => parseMidi(file).notes.length),
    '@tonejs/midi parse': over(file => new tone.Midi(file).tracks.length)
  }
  const seconds = await interleave(tasks, 9)
  if (consumed === 0) throw new Error('nothing was read')
  const peer = median(seconds['@tonejs/midi parse'])
  return Object.entries(seconds).map(([name, runs]) => {
    const time = median(runs)
    const rate = `${format(files.length / time)} files/s, ${format(megabytes / time)} MB/s`
    return [
      name,
      `${files.length} files, ${format(megabytes)} MB`,
      rate,
      `${format(peer / time)} × @tonejs/midi`,
      ''
    ]
  })
}
