import { InvalidOptionError } from '@vgm/base'

/** A published data set: its address, and the digest of its files. */
export interface DatasetSource {
  readonly name: string
  readonly version: string
  /** The published archive, a zip file. */
  readonly url: string
  /**
   * SHA-256 of the archive's bytes in hex, where they are fixed. GitHub packs its archives when they are asked for and does
   * not promise the same bytes twice, so for those only the files inside are checked.
   */
  readonly sha256?: string
  /** The folder of the data set inside the archive's top folder; empty where it is the top folder. */
  readonly root: string
  /** Matches the files of that folder to unpack, by their path in it. */
  readonly include: RegExp
  /** The number of them. */
  readonly fileCount: number
  /** SHA-256 over the SHA-256 and path of each of them, as {@link contentDigest} has it. */
  readonly contentSha256: string
}

/** The data sets that can be fetched. Of several versions of one name the first is the default. */
export const datasetSources: readonly DatasetSource[] = [
  {
    name: 'vgmidi',
    version: '0.1',
    url: 'https://github.com/lucasnfe/vgmidi/archive/refs/tags/0.1.zip',
    root: '',
    // Without the recordings, and without the listeners' answers, which the labels sum up.
    include:
      /^(labelled\/(vgmidi_sent_(train|test)\.csv|(phrases|pieces\/midi)\/.*\.mid)|unlabelled\/.*\.mid)$/,
    fileCount: 2010,
    contentSha256: '291b003fe50b0b588794bccfb23be73e0e94d254d56fadc729be6fbcc60fc3f0'
  },
  {
    name: 'vgmidi',
    version: '0.2',
    url: 'https://github.com/lucasnfe/vgmidi/archive/refs/tags/0.2.zip',
    root: '',
    // The labelled half: the pieces without labels are those of 0.1 with more beside them.
    include: /^(vgmidi_labelled\.csv|labelled\/(annotations\/.*\.json|midi\/.*\.mid))$/,
    fileCount: 207,
    contentSha256: '1d3dd664ab2df9356ffc0a09167dfe1fcfb01270c0a794cf97bc13ad763900a4'
  },
  {
    name: 'vgmidi-4q',
    version: '0.1',
    url: 'https://github.com/lucasnfe/bardo-composer/archive/refs/tags/0.1.zip',
    root: 'data/vgmidi',
    include: /^(vgmidi_bardo_(train|test)\.csv|phrases\/.*\.mid)$/,
    fileCount: 7250,
    contentSha256: '9bf50d4b98820811885903b997f3481688e6430873bb3fc467f823b33ad93986'
  }
]

/**
 * The source of a data set by its name.
 *
 * @param version Default: the first that {@link datasetSources} lists.
 * @throws {InvalidOptionError} naming the names or the versions that there are.
 */
export function datasetSource(name: string, version?: string): DatasetSource {
  const named = datasetSources.filter(source => source.name === name)
  if (named.length === 0) {
    const names = [...new Set(datasetSources.map(source => source.name))]
    throw new InvalidOptionError('datasetSource', 'name', `one of ${names.join(', ')}`, name)
  }
  const source = version === undefined ? named[0] : named.find(other => other.version === version)
  if (source !== undefined) return source
  const versions = named.map(other => other.version).join(', ')
  throw new InvalidOptionError('datasetSource', 'version', `one of ${versions}`, version)
}
