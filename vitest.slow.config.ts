import { defineConfig } from 'vitest/config'
import { softwareVulkan } from './scripts/software-vulkan.mjs'
import { fromSource, nodeTests } from './vitest.shared.js'

const slow = nodeTests({ slow: true })

/** Tests that take more than ten seconds, `*.slow.test.ts`: `npm run test:slow`. */
export default defineConfig({
  ...slow,
  test: {
    ...slow.test,
    projects: [
      ...(slow.test?.projects ?? []),
      // WebGPU in Node, on the software device that comes with Chromium.
      {
        ...fromSource,
        test: {
          name: 'webgpu',
          include: ['tests/*/**/*.webgpu.slow.test.ts'],
          env: softwareVulkan() ?? {},
          server: slow.test?.server ?? {}
        }
      }
    ]
  }
})
