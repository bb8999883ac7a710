import { nodeEngine } from '../src/node.js'
import { describeEngine } from './engine-contract.js'

describeEngine('tfjs cpu', () => nodeEngine('cpu'))
describeEngine('tfjs wasm', () => nodeEngine('wasm'))
