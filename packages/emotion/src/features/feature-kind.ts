/** The kinds of features that a probe can see. */
export const featureKinds = ['states', 'tanh', 'mean', 'descriptors', 'both'] as const
/**
 * What a probe sees of a phrase: the model's final cell state (`states`), its hyperbolic tangent (`tanh`) or the mean of the
 * cell state over all words (`mean`), musical descriptors, or the final state and the descriptors side by side (`both`).
 */
export type FeatureKind = (typeof featureKinds)[number]
