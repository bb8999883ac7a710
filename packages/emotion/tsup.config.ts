import { defineConfig } from 'tsup'
import { published } from '../../tsup.base.js'

export default defineConfig({
  ...published,
  entry: {
    index: 'src/index.ts',
    node: 'src/node.ts',
    // The file of the worker thread, found beside the others at run time.
    'fit-worker': 'src/training/fit-worker.ts'
  },
  // Both entries share their classes, so that `instanceof` holds between them.
  splitting: true,
  // `import.meta.url` in the CommonJS files.
  shims: true
})
