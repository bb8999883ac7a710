import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { findBrowser } from './scripts/browser.mjs'

const executablePath = findBrowser()

/** Tests that run in a real browser: `npm run test:browser`. */
export default defineConfig({
  resolve: { conditions: ['@vgm/source'] },
  // With these a page may use SharedArrayBuffer.
  server: {
    headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }
  },
  // Named here, so that the page is not loaded anew when a test first imports it.
  optimizeDeps: { include: ['@vgm/encoding > midi-file'] },
  test: {
    root: import.meta.dirname,
    include: ['packages/*/test/**/*.browser.test.ts', 'tests/*/**/*.browser.test.ts'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      instances: [{ browser: 'chromium' }],
      provider: playwright({
        launchOptions: {
          ...(executablePath && { executablePath }),
          args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync'
          ]
        }
      })
    }
  }
})
