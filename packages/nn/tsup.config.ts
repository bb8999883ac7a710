import { defineConfig } from 'tsup'
import { published } from '../../tsup.base.js'

export default defineConfig({
  ...published,
  entry: { index: 'src/index.ts', node: 'src/node.ts', contract: 'src/contract/index.ts' },
  // The entries share their classes, so that `instanceof` holds between them. Every module that is imported late is
  // CommonJS, so it does not matter that `import()` becomes `require()` in the CommonJS files.
  splitting: true,
  // tfjs publishes its gradients as modules that Node cannot import (no file extensions), so we ship the ones we use.
  noExternal: [/^@tensorflow\/tfjs-core\/dist\/gradients\//]
})
