import { nodeEngine } from '@vgm/nn/node'
import { describeEngine } from './engine-contract.js'

describeEngine('tfjs cpu', () => nodeEngine('cpu'))
describeEngine('tfjs wasm', () => nodeEngine('wasm'))
