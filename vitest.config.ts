import { defineConfig } from 'vitest/config'
import { nodeTests } from './vitest.shared.js'

/** The tests of every day: `npm test`. */
export default defineConfig(nodeTests({ slow: false }))
