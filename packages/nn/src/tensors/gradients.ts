import { type GradConfig, registerGradient } from '@tensorflow/tfjs-core'
import { addGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Add_grad'
import { addNGradConfig } from '@tensorflow/tfjs-core/dist/gradients/AddN_grad'
import { batchMatMulGradConfig } from '@tensorflow/tfjs-core/dist/gradients/BatchMatMul_grad'
import { broadcastToGradConfig } from '@tensorflow/tfjs-core/dist/gradients/BroadcastTo_grad'
import { castGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Cast_grad'
import { concatGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Concat_grad'
import { cosGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Cos_grad'
import { erfGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Erf_grad'
import { expGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Exp_grad'
import { expandDimsGradConfig } from '@tensorflow/tfjs-core/dist/gradients/ExpandDims_grad'
import { floorGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Floor_grad'
import { gatherGradConfig } from '@tensorflow/tfjs-core/dist/gradients/GatherV2_grad'
import { identityGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Identity_grad'
import { logGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Log_grad'
import { logSoftmaxGradConfig } from '@tensorflow/tfjs-core/dist/gradients/LogSoftmax_grad'
import { maximumGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Maximum_grad'
import { minimumGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Minimum_grad'
import { multiplyGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Multiply_grad'
import { negGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Neg_grad'
import { oneHotGradConfig } from '@tensorflow/tfjs-core/dist/gradients/OneHot_grad'
import { packGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Pack_grad'
import { powGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Pow_grad'
import { divGradConfig } from '@tensorflow/tfjs-core/dist/gradients/RealDiv_grad'
import { reluGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Relu_grad'
import { reshapeGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Reshape_grad'
import { rsqrtGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Rsqrt_grad'
import { selectGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Select_grad'
import { sigmoidGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sigmoid_grad'
import { sinGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sin_grad'
import { sliceGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Slice_grad'
import { softmaxGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Softmax_grad'
import { splitVGradConfig } from '@tensorflow/tfjs-core/dist/gradients/SplitV_grad'
import { sqrtGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sqrt_grad'
import { squareGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Square_grad'
import { squaredDifferenceGradConfig } from '@tensorflow/tfjs-core/dist/gradients/SquaredDifference_grad'
import { subGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sub_grad'
import { sumGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sum_grad'
import { tanhGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Tanh_grad'
import { tileGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Tile_grad'
import { transposeGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Transpose_grad'
import { unpackGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Unpack_grad'

const shipped: readonly GradConfig[] = [
  addGradConfig,
  addNGradConfig,
  batchMatMulGradConfig,
  broadcastToGradConfig,
  castGradConfig,
  concatGradConfig,
  cosGradConfig,
  erfGradConfig,
  expGradConfig,
  expandDimsGradConfig,
  floorGradConfig,
  gatherGradConfig,
  identityGradConfig,
  logGradConfig,
  logSoftmaxGradConfig,
  maximumGradConfig,
  minimumGradConfig,
  multiplyGradConfig,
  negGradConfig,
  oneHotGradConfig,
  packGradConfig,
  powGradConfig,
  divGradConfig,
  reluGradConfig,
  reshapeGradConfig,
  rsqrtGradConfig,
  selectGradConfig,
  sigmoidGradConfig,
  sinGradConfig,
  sliceGradConfig,
  softmaxGradConfig,
  splitVGradConfig,
  sqrtGradConfig,
  squareGradConfig,
  squaredDifferenceGradConfig,
  subGradConfig,
  sumGradConfig,
  tanhGradConfig,
  tileGradConfig,
  transposeGradConfig,
  unpackGradConfig
]

/**
 * Registers the gradients that recurrent nets and transformers use: tfjs's Node entry registers none. Harmless where they are
 * there already. An operation that lacks one says so while the gradient is taken; register more with tfjs's `registerGradient`.
 */
export function registerGradients(): void {
  for (const config of shipped) registerGradient(config)
}
