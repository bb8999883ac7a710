import { defineConfig } from 'tsup'
import { published } from '../../tsup.base.js'

export default defineConfig({
  ...published,
  entry: ['src/index.ts', 'src/defaults.ts', 'src/node.ts'],
  // The entries share their classes, so that `instanceof` holds between them.
  splitting: true
})
