/** Keeps directions that the data say nothing about from having no curvature at all; liblinear's value. */
export const damping = 1e-12

/** The value that minimises the model along one coordinate. */
export function bestValue(value: number, slope: number, curvature: number, l1: number): number {
  const pull = curvature * value - slope
  if (pull > l1) return (pull - l1) / curvature
  if (pull < -l1) return (pull + l1) / curvature
  return 0
}
