import { join } from 'node:path'
import { pnpm, publishedPackages } from './workspace.mjs'

/**
 * Packs every published package, built before, as it would be published.
 *
 * @param {string} target an existing folder.
 * @returns {Promise<{ name: string, manifest: any, file: string }[]>} where each tarball is.
 */
export async function packPackages(target) {
  const packages = publishedPackages()
  const filters = packages.map(({ manifest }) => `--filter=${manifest.name}`)
  const code = await pnpm(['-r', ...filters, 'pack', '--pack-destination', target], { quiet: true })
  if (code !== 0) throw new Error('pnpm pack failed')
  return packages.map(({ manifest }) => {
    const name = manifest.name.replace('@', '').replace('/', '-')
    return { name: manifest.name, manifest, file: join(target, `${name}-${manifest.version}.tgz`) }
  })
}
