/** The file that worker threads run: the tasks by name. A tokenizer is found by its vocabulary, as it cannot be sent. */
import { type Tokenizer, tokenizers } from '@vgm/encoding'
import * as tasks from './encode-task.js'

/** A task, and the name of the vocabulary to encode with. */
export interface WorkerTask<Task> {
  readonly vocabulary: string
  readonly task: Task
}

export function inspectFiles({ vocabulary, task }: WorkerTask<tasks.InspectTask>) {
  return tasks.inspectFiles(tokenizerOf(vocabulary), task)
}

export function encodeVariants({ vocabulary, task }: WorkerTask<tasks.EncodeTask>) {
  return tasks.encodeVariants(tokenizerOf(vocabulary), task)
}

function tokenizerOf(name: string): Tokenizer {
  return tokenizers.find(({ vocabulary }) => vocabulary.name === name)!
}
