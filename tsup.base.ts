import type { Options } from 'tsup'

/** What every published library shares: ESM, CommonJS and types from the same entries. */
export const published: Options = {
  format: ['esm', 'cjs'],
  target: 'node20',
  clean: true,
  splitting: false,
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } }
}
