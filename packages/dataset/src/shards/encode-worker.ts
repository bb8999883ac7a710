/** The file that worker threads run: the tasks by name. */
export { encodeVariants, inspectFiles } from './encode-task.js'
