/** A value that no chart can show. */
export class InvalidChartError extends Error {
  override readonly name = 'InvalidChartError'
  readonly code = 'INVALID_CHART'
  readonly axis: 'x' | 'y'
  readonly value: number

  constructor(title: string, axis: 'x' | 'y', value: number) {
    super(`chart: "${title}": ${axis} expected finite numbers, got ${value}`)
    this.axis = axis
    this.value = value
  }
}
