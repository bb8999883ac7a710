import { defineConfig } from 'tsup'
import { published } from '../../tsup.base.js'

export default defineConfig({
  ...published,
  entry: ['src/index.ts', 'src/gradients.ts'],
  // tfjs publishes its gradients as modules that Node cannot import (no file extensions), so we ship them.
  noExternal: [/^@tensorflow\/tfjs-core\/dist\/(register_all_gradients|gradients\/)/]
})
