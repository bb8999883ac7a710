/**
 * The files of the model and its bank of plans by their names in the folder: `file:` URLs in Node, and in browsers whatever the
 * page's bundler makes of `new URL(…, import.meta.url)`.
 */
export const modelFileUrls: Readonly<Record<'model.json' | 'weights.safetensors', URL>> = {
  'model.json': new URL('../model/model.json', import.meta.url),
  'weights.safetensors': new URL('../model/weights.safetensors', import.meta.url)
}

/** The plans of real pieces to compose by, without their notes: a file that `planBankFromJson` of `@vgm/composer` reads. */
export const plansUrl: URL = new URL('../model/plans.json', import.meta.url)

// Not written as `new URL(…, import.meta.url)`: bundlers would look for a file of that name.
const here = import.meta.url

/** The model folder, for `folder` of `@vgm/nn/node`. A bundled page has no such folder: use {@link modelFileUrls} there. */
export const modelUrl: URL = new URL('../model/', here)
