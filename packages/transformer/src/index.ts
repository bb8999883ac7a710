export { transformer } from './transformer.js'
export type { TransformerConfig, TransformerModel } from './types.js'
