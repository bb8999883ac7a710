import type { Translation } from '../translation.js'
import { elementwise } from './elementwise.js'
import { indexing } from './indexing.js'
import { logic } from './logic.js'
import { product } from './product.js'
import { reduction } from './reduction.js'
import { reshaping } from './shape.js'

/** The translations that come with the compiler, by kernel. */
export const builtIn: Readonly<Record<string, Translation>> = {
  ...elementwise,
  ...indexing,
  ...logic,
  ...product,
  ...reduction,
  ...reshaping
}
