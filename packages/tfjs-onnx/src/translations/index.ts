import type { Translation } from '../trace/translation.js'
import { activation } from './activation.js'
import { arithmetic } from './arithmetic.js'
import { creation } from './creation.js'
import { elementwise } from './elementwise.js'
import { indexing } from './indexing.js'
import { logic } from './logic.js'
import { product } from './product.js'
import { reduction } from './reduction.js'
import { reshaping } from './shape.js'
import { slicing } from './slicing.js'

/** The translations that come with the compiler, by kernel. */
export const builtIn: Readonly<Record<string, Translation>> = {
  ...activation,
  ...arithmetic,
  ...creation,
  ...elementwise,
  ...indexing,
  ...logic,
  ...product,
  ...reduction,
  ...reshaping,
  ...slicing
}
