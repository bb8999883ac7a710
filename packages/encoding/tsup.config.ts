import { defineConfig } from 'tsup'
import { published } from '../../tsup.base.js'

export default defineConfig({
  ...published,
  entry: { index: 'src/index.ts', description: 'src/description/index.ts' },
  // The entries share their error classes, so that `instanceof` holds between them.
  splitting: true
})
