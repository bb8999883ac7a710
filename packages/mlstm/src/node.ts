export { type Backend, type BackendChoice, backendPackages, nodeEngine } from './backends.js'
export { folder, writeFiles } from './folder.js'
