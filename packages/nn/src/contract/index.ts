export { type ArchitectureSubject, architectureContract, toldIds } from './architecture.js'
export { expectClose, type Tolerance } from './close.js'
export { programContract } from './program.js'
export { type EngineWatch, watchedEngine } from './watched-engine.js'
