import { defineConfig } from 'vitest/config'
import { nodeTests } from './vitest.shared.js'

/** Tests that take more than ten seconds, `*.slow.test.ts`: `npm run test:slow`. */
export default defineConfig(nodeTests({ slow: true }))
