import { expect, test } from 'vitest'
import { nodeEngine } from '../src/node.js'
test('wasm', async () => { expect((await nodeEngine('wasm')).name).toBe('tfjs-wasm') })
test('cpu', async () => { expect((await nodeEngine('cpu')).name).toBe('tfjs-cpu') })
test('gpu', async () => { await nodeEngine('gpu').catch(e => console.log(e.message, e.cause?.code)) })
test('auto', async () => { console.log((await nodeEngine('auto')).name) })
