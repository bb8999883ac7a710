import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildAll } from './setup.mjs'
import { pnpm, publishedPackages } from './workspace.mjs'

/**
 * Builds every published package, types and all, and packs it as it would be published.
 *
 * @param {string} target the folder for the tarballs, made where it is missing.
 * @returns {Promise<{ name: string, manifest: any, file: string }[]>} where each tarball is.
 */
export async function packPackages(target) {
  await buildAll()
  mkdirSync(target, { recursive: true })
  const packages = publishedPackages()
  const filters = packages.map(({ manifest }) => `--filter=${manifest.name}`)
  // The packages' `prepack` builds them for whoever packs one by hand or publishes; here it has been done.
  const options = ['--config.ignore-scripts=true', '--pack-destination', resolve(target)]
  const code = await pnpm(['-r', ...filters, 'pack', ...options], { quiet: true })
  if (code !== 0) throw new Error('pnpm pack failed')
  return packages.map(({ manifest }) => {
    const name = manifest.name.replace('@', '').replace('/', '-')
    return { name: manifest.name, manifest, file: join(target, `${name}-${manifest.version}.tgz`) }
  })
}

/**
 * `npm run pack [-- folder]`: leaves the tarballs in a folder, and prints how to use them.
 *
 * @param {readonly string[]} args the folder, `tarballs` by default.
 */
export async function pack([folder = 'tarballs']) {
  const target = resolve(process.env.INIT_CWD ?? process.cwd(), folder)
  const packed = await packPackages(target)
  const places = Object.fromEntries(packed.map(({ name, file }) => [name, `file:${file}`]))
  console.log(`${packed.length} packages are in ${target}. To install them in a project:

  npm install ${join(target, 'vgm-*.tgz')}

To compose and train several times faster, add ONNX Runtime: npm install onnxruntime-node

pnpm and yarn look for what they need of each other in the registry, unless package.json says where it is, with pnpm under
"pnpm": { "overrides": … }, with yarn under "resolutions":

${JSON.stringify(places, null, 2)}`)
  return 0
}
