import { defineConfig } from 'tsup'
import { published } from '../../tsup.base.js'

export default defineConfig({
  ...published,
  entry: {
    index: 'src/index.ts',
    defaults: 'src/defaults.ts',
    node: 'src/node.ts',
    // The file of the process that tries an engine, found beside the others at run time.
    'try-engine': 'src/engines/try-engine.ts'
  },
  // The entries share their classes, so that `instanceof` holds between them.
  splitting: true,
  // `import.meta.url` in the CommonJS files.
  shims: true
})
