import { defineConfig } from 'tsup'
import { published } from '../../tsup.base.js'

export default defineConfig({
  ...published,
  entry: { index: 'src/index.ts', description: 'src/description/index.ts' }
})
