/**
 * The model's files by their names in a model folder: `file:` URLs in Node, and in browsers whatever the page's bundler makes
 * of `new URL(…, import.meta.url)`: an address of a file or, for a small one, a `data:` URL.
 */
export const modelFileUrls: Readonly<Record<'model.json' | 'weights.safetensors', URL>> = {
  'model.json': new URL('../model/model.json', import.meta.url),
  'weights.safetensors': new URL('../model/weights.safetensors', import.meta.url)
}

/** Steerings that make the model compose positive or negative music: files that `steeringFromJson` of `@vgm/mlstm` reads. */
export const steeringUrls: Readonly<Record<'positive' | 'negative', URL>> = {
  positive: new URL('../model/steering/positive.json', import.meta.url),
  negative: new URL('../model/steering/negative.json', import.meta.url)
}

/**
 * Probes that tell positive music from negative: files that `probeFromJson` of `@vgm/probe` reads. `music` reads the descriptors of
 * `@vgm/features`, `valence` the model's final cell states.
 */
export const probeUrls: Readonly<Record<'music' | 'valence', URL>> = {
  music: new URL('../model/probes/music.json', import.meta.url),
  valence: new URL('../model/probes/valence.json', import.meta.url)
}

// Not written as `new URL(…, import.meta.url)`: bundlers would look for a file of that name.
const here = import.meta.url

/**
 * The model folder, for `folder` of `@vgm/nn/node`. A bundled page has no such folder: use {@link modelFileUrls} there.
 */
export const modelUrl: URL = new URL('../model/', here)
