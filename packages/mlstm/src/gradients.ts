import { type GradConfig, registerGradient } from '@tensorflow/tfjs-core'
import { addGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Add_grad'
import { castGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Cast_grad'
import { concatGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Concat_grad'
import { identityGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Identity_grad'
import { logSoftmaxGradConfig } from '@tensorflow/tfjs-core/dist/gradients/LogSoftmax_grad'
import { multiplyGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Multiply_grad'
import { negGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Neg_grad'
import { reshapeGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Reshape_grad'
import { sigmoidGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sigmoid_grad'
import { splitVGradConfig } from '@tensorflow/tfjs-core/dist/gradients/SplitV_grad'
import { sumGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sum_grad'
import { tanhGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Tanh_grad'

const used: readonly GradConfig[] = [
  addGradConfig,
  castGradConfig,
  concatGradConfig,
  identityGradConfig,
  logSoftmaxGradConfig,
  multiplyGradConfig,
  negGradConfig,
  reshapeGradConfig,
  sigmoidGradConfig,
  splitVGradConfig,
  sumGradConfig,
  tanhGradConfig
]

/** Registers the gradients that the model uses: tfjs's Node entry registers none. Harmless where they are there already. */
export function registerGradients(): void {
  for (const config of used) registerGradient(config)
}
