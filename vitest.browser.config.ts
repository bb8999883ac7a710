import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { browserArguments, findBrowser } from './scripts/browser.mjs'
import { buildFirst, fromSource } from './vitest.shared.js'

const executablePath = findBrowser()

/** Tests in a real browser: `npm run test:browser`. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    projects: [
      {
        ...fromSource,
        // With these a page may use SharedArrayBuffer.
        server: {
          headers: {
            'Cross-Origin-Opener-Policy': 'same-origin',
            'Cross-Origin-Embedder-Policy': 'require-corp'
          }
        },
        // Named here, so that the page is not loaded anew when a test first imports it.
        optimizeDeps: { include: ['@vgm/encoding > midi-file'] },
        test: {
          name: 'browser',
          include: ['packages/*/test/**/*.browser.test.ts', 'tests/*/**/*.browser.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: 'chromium' }],
            provider: playwright({
              launchOptions: { ...(executablePath && { executablePath }), args: browserArguments }
            })
          }
        }
      },
      // Web pages as a bundler makes them of the built packages. The tests themselves run in Node.
      {
        ...fromSource,
        test: { name: 'pages', include: ['tests/*/**/*.web.test.ts'], globalSetup: buildFirst }
      }
    ]
  }
})
