import { defineConfig } from 'tsup'
import { published } from '../../tsup.base.js'

export default defineConfig({ ...published, entry: ['src/index.ts'], shims: true })
