export { fitInThread } from './training/fit-in-thread.js'
