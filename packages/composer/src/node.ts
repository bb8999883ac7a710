export {
  type NotedStep,
  openSearchFile,
  type SearchFile,
  SearchFileError,
  type SearchFileOptions,
  type SearchFileProblem
} from './steering/search-file.js'
export { steeringNames, steeringPath } from './steering/steering-folder.js'
