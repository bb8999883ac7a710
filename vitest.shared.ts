import type { ViteUserConfig } from 'vitest/config'

const source = '@vgm/source'

/** Tests in Node run straight from source: no build comes first. */
export const fromSource = {
  resolve: { conditions: [source] },
  ssr: {
    resolve: {
      conditions: [source, 'module', 'node', 'development|production'],
      externalConditions: [source, 'node', 'module-sync']
    }
  }
}

/** For tests that run what is built: brings the build up to date. */
export const buildFirst = './scripts/build-before-tests.mjs'

/**
 * The tests that run in Node: those of every day, or the slow ones (`*.slow.test.ts`). Tests of the command line tool are
 * a project of their own, since they run its build.
 */
export function nodeTests({ slow }: { slow: boolean }): ViteUserConfig {
  const name = slow ? '*.slow.test.ts' : '*.test.ts'
  const cli = `packages/cli/{src,test}/**/${name}`
  const exclude = [
    '**/node_modules/**',
    '**/dist/**',
    '**/*.{browser,web}.test.ts',
    '**/*.webgpu.slow.test.ts',
    ...(slow ? [] : ['**/*.slow.test.ts'])
  ]
  return {
    ...fromSource,
    test: {
      root: import.meta.dirname,
      // One worker per core: many tests wait for a child process or for one thread of ONNX Runtime.
      maxWorkers: '100%',
      server: {
        // tfjs's gradient modules have no file extensions, so Node cannot import them; its main file stays outside.
        deps: { inline: [/@tensorflow\/tfjs-core\/dist\/(?!tf-core)/] }
      },
      projects: [
        {
          extends: true,
          test: {
            name: 'libraries',
            include: [`packages/*/{src,test}/**/${name}`, `tests/*/**/${name}`],
            exclude: [...exclude, cli]
          }
        },
        {
          extends: true,
          test: { name: 'cli', include: [cli], exclude, globalSetup: buildFirst }
        }
      ]
    }
  }
}
