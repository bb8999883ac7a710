import { command } from '../../flags/command.js'
import { json } from '../../flags/options.js'
import { requireWritable } from '../../flags/output.js'
import { pick, text, type Values } from '../../flags/values.js'
import { whenStopped } from '../../terminal/interrupt.js'
import { withProgress } from '../../terminal/progress.js'
import { print } from '../../terminal/text.js'

const options = {
  // Not --version, which vgm itself answers, wherever it stands.
  release: text('version', 'which version of the data set (default: 0.1)'),
  out: text('folder', 'where to put it (default: its name and version)'),
  from: text('file', 'take this archive and download nothing'),
  url: text('url', 'another place of the same archive'),
  sha256: text('digest', 'what the archive itself must have; its files are always checked'),
  json
}

const help = `
Data sets:
  vgmidi      VGMIDI 0.1: phrases labelled positive or negative, and pieces without labels
              VGMIDI 0.2 (--release 0.2): the listeners' annotations, and the pieces they are of
  vgmidi-4q   VGMIDI in slices, labelled with valence and arousal

Examples:
  vgm dataset fetch vgmidi                        into vgmidi-0.1
  vgm dataset fetch vgmidi --from archive.zip     with an archive that is here already

The folder appears when every file is checked, or not at all. The same command continues an interrupted download where the
server allows it.`

/** `vgm dataset fetch`. */
export const fetchData = command({
  name: 'fetch',
  description: 'Download a published data set, check it and unpack it.',
  arguments: [['<name>', 'vgmidi or vgmidi-4q']],
  options,
  help,
  run
})

async function run(name: string, flags: Values<typeof options>, signal: AbortSignal): Promise<void> {
  const { datasetSource, fetchDataset } = await import('@vgm/dataset/node')
  const source = datasetSource(name, flags.release)
  const { version } = source
  const out = flags.out ?? `${source.name}-${version}`
  await requireWritable(out)
  const given = pick(flags, 'from', 'url', 'sha256')
  const fetched = await withProgress(`fetch ${name}`, ({ show }) =>
    fetchDataset(source, { out, ...given, signal, onProgress: show })
  ).catch(whenStopped(signal, () => `stopped; the same command goes on with ${out}.part`))
  const verb = fetched.archiveSha256 === undefined ? 'there already:' : 'wrote'
  const line = `${verb} ${out}: ${source.name} ${version}, ${fetched.files} files, all as published\n`
  print(flags.json, { name, version, ...fetched }, line)
}
