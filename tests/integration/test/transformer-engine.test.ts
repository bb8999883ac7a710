import '@tensorflow/tfjs-backend-cpu' // tfjs counts tensors only where there is a backend
import { onnxEngine } from '@vgm/tfjs-onnx'
import { describeEngine } from '../../../packages/transformer/test/engine-contract.js'

describeEngine('onnxruntime-node', () => onnxEngine())
