export { type Backend, type BackendChoice, backendPackages, nodeEngine } from './engines/backends.js'
export { folder, writeFiles } from './storage/folder.js'
