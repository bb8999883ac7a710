/**
 * The model's files by their names in a model folder: `file:` URLs in Node, and in browsers whatever the page's bundler makes
 * of `new URL(…, import.meta.url)`.
 */
export const modelFileUrls: Readonly<Record<'model.json' | 'weights.safetensors', URL>> = {
  'model.json': new URL('../model/model.json', import.meta.url),
  'weights.safetensors': new URL('../model/weights.safetensors', import.meta.url)
}

/** The model folder. */
export const modelUrl: URL = new URL('.', modelFileUrls['model.json'])
