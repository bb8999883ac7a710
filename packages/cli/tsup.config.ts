import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/main.ts', 'src/try-engine.ts'],
  format: ['esm'],
  target: 'node20',
  clean: true,
  splitting: true
})
