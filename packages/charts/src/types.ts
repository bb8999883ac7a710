/** The title and range of an axis. */
export interface Axis {
  readonly label: string
  /** From … to, in the units of the data; by default what the layers need, rounded outwards. */
  readonly domain?: readonly [number, number]
  /** Names of the values 0, 1, 2 …; in place of numbers. */
  readonly categories?: readonly string[]
  /** About how many ticks to draw where the axis shows numbers (default: 8 for x, 6 for y). */
  readonly ticks?: number
}

/** `[x, y]` in the units of the data. */
export type Point = readonly [x: number, y: number]

/** A bar that stands on 0, from `from` to `to` on the x axis. */
export interface Bar {
  readonly from: number
  readonly to: number
  readonly value: number
}

/** Options of every layer. */
interface Ink {
  /** Any CSS colour (default: the next of the palette). */
  readonly color?: string
  /** 0–1 (default: 1). */
  readonly opacity?: number
  /** The layer's name in the legend; without it, it has none there. */
  readonly name?: string
}

/** One thing that is drawn; later ones over earlier ones. */
export type Layer =
  | (Ink & { readonly kind: 'line'; readonly points: readonly Point[]; readonly width?: number })
  | (Ink & { readonly kind: 'dots'; readonly points: readonly Point[]; readonly radius?: number })
  | (Ink & { readonly kind: 'bars'; readonly bars: readonly Bar[] })
  | (Ink & { readonly kind: 'rule'; readonly x?: number; readonly y?: number })

/** A chart: two axes and what stands between them. */
export interface ChartOptions {
  readonly title: string
  readonly x: Axis
  readonly y: Axis
  readonly layers: readonly Layer[]
  /** In pixels (default: 720). */
  readonly width?: number
  /** In pixels (default: 400). */
  readonly height?: number
}
