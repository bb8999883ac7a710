export { findProbe, probeNames, probePath, UnknownProbeError } from './probe-folder.js'
export { fitInThread } from './training/fit-in-thread.js'
