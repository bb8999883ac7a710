import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.js'

export default defineConfig({
  ...library,
  entry: ['src/index.ts', 'src/node.ts'],
  // tfjs publishes its gradients as modules that Node cannot import (no file extensions), so we ship the ones we use.
  noExternal: [/^@tensorflow\/tfjs-core\/dist\/gradients\//]
})
