import { Command } from 'commander'
import { given, jsonOption } from '../../flags/options.js'
import { requireWritable } from '../../flags/output.js'
import { interruptible } from '../../terminal/interrupt.js'
import { withProgress } from '../../terminal/progress.js'

interface FetchFlags {
  readonly release?: string
  readonly out?: string
  readonly from?: string
  readonly url?: string
  readonly sha256?: string
  readonly json?: boolean
}

const examples = `
Data sets:
  vgmidi      VGMIDI 0.1: phrases labelled positive or negative, and pieces without labels
              VGMIDI 0.2 (--release 0.2): the listeners' annotations, and the pieces they are of
  vgmidi-4q   VGMIDI in slices, labelled with valence and arousal

Examples:
  vgm dataset fetch vgmidi                        into vgmidi-0.1
  vgm dataset fetch vgmidi --from archive.zip     with an archive that is here already

The folder appears when every file is checked, or not at all. If the download is interrupted, the same command goes on
with it where the server allows.`

/** `vgm dataset fetch`. */
export function fetchCommand(): Command {
  return (
    new Command('fetch')
      .description('Download a published data set, check it and unpack it.')
      .argument('<name>', 'vgmidi or vgmidi-4q')
      // Not --version, which vgm itself answers, wherever it stands.
      .option('--release <version>', 'which version of the data set (default: 0.1)')
      .option('--out <folder>', 'where to put it (default: its name and version)')
      .option('--from <file>', 'take this archive and download nothing')
      .option('--url <url>', 'another place of the same archive')
      .option('--sha256 <digest>', 'what the archive itself must have; its files are checked always')
      .addOption(jsonOption())
      .addHelpText('after', examples)
      .action(run)
  )
}

async function run(name: string, flags: FetchFlags): Promise<void> {
  const { datasetSource, fetchDataset } = await import('@vgm/dataset/node')
  const source = datasetSource(name, flags.release)
  const out = flags.out ?? `${source.name}-${source.version}`
  await requireWritable(out)
  const { from, url, sha256 } = flags
  const fetched = await interruptible(
    signal =>
      withProgress({ title: `fetch ${name}` }, progress =>
        fetchDataset(source, {
          out,
          ...given({ from, url, sha256 }),
          signal,
          onProgress({ done, total, unit }) {
            const share = total ? done / total : 0
            // The server does not always say how long the archive is.
            const of = total === undefined ? '' : ` of ${megabytes(total)}`
            const isFile = unit === 'files'
            progress.update(
              share,
              isFile ? `unpacking ${done} of ${total} files` : `${megabytes(done)}${of} MB`
            )
          }
        })
      ),
    // What was downloaded stays.
    `the same command goes on with ${out}.part`
  )
  if (flags.json) {
    process.stdout.write(`${JSON.stringify({ name, version: source.version, ...fetched })}\n`)
    return
  }
  const isNew = fetched.archiveSha256 !== undefined
  process.stdout.write(
    `${isNew ? 'wrote' : 'there already:'} ${out}: ${source.name} ${source.version}, ${fetched.files} files, all as published\n`
  )
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)
