import '@tensorflow/tfjs-backend-cpu'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'
import { describe } from 'vitest'
import { architectureContract } from '../src/contract/architecture.js'
import { eager } from '../src/engines/eager.js'
import { tinySubject } from './tiny-subject.js'

setWasmPaths({
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': threaded
})

describe.each(['cpu', 'wasm'])('tfjs %s in a browser', { timeout: 60_000 }, async backend => {
  const engine = await eager(backend)
  architectureContract(tinySubject, () => engine)
})
