import { VgmError } from '@vgm/base'

/** A value that no chart can show. */
export class InvalidChartError extends VgmError {
  override readonly name = 'InvalidChartError'

  constructor(
    title: string,
    readonly axis: 'x' | 'y',
    readonly value: number
  ) {
    super('INVALID_CHART', `"${title}": ${axis} expected finite numbers, got ${value}`, { caller: 'chart' })
  }
}
