import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { main: 'src/main.ts', 'try-engine': 'src/commands/doctor/try-engine.ts' },
  format: ['esm'],
  target: 'node20',
  clean: true,
  splitting: true
})
