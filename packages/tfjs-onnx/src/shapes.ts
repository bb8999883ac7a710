/** The number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, n) => size * n, 1)
}

/** The shape of two operands after broadcasting, as in NumPy. tfjs has checked that they fit. */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, k) => {
    const [n, m] = [a[a.length - rank + k] ?? 1, b[b.length - rank + k] ?? 1]
    return n === 1 ? m : n
  })
}

/** Axes as numbers from 0, negative ones counted from the end; all of them if none is given. */
export function normalizeAxes(axes: number | readonly number[] | null | undefined, rank: number): number[] {
  if (axes === null || axes === undefined) return Array.from({ length: rank }, (_, k) => k)
  return (typeof axes === 'number' ? [axes] : axes).map(axis => (axis < 0 ? axis + rank : axis))
}

/** `float32 [2, 3]`. */
export function describeShape({ shape, dtype }: { shape: readonly number[]; dtype: string }): string {
  return `${dtype} [${shape.join(', ')}]`
}

/** Whether two shapes are the same. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((n, k) => n === b[k])
}
