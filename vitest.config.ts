import { defineConfig } from 'vitest/config'

/** Tests run straight from source: no build comes first. */
const source = '@vgm/source'

export default defineConfig({
  resolve: { conditions: [source] },
  ssr: {
    resolve: {
      conditions: [source, 'module', 'node', 'development|production'],
      externalConditions: [source, 'node', 'module-sync']
    }
  },
  test: {
    root: import.meta.dirname,
    include: ['packages/*/{src,test}/**/*.test.ts', 'tests/*/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/*.browser.test.ts'],
    server: {
      // tfjs's gradient modules have no file extensions, so Node cannot import them; its main file stays outside.
      deps: { inline: [/@tensorflow\/tfjs-core\/dist\/(?!tf-core)/] }
    }
  }
})
