import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { MissingFileError } from '../errors.js'
import { kindOfPath } from '../loaders/data-files.js'
import { type AnnotationFile, parseAnnotations } from './parse-annotations.js'

/** A file of annotations that was read. */
export interface ReadAnnotations extends AnnotationFile {
  readonly path: string
}

/**
 * Reads a file of raw annotations, or all of a folder (`*.json`, sorted by name).
 *
 * @throws {MissingFileError} if there is none.
 * @throws {AnnotationFileError | InvalidAnnotationError} as {@link parseAnnotations} does.
 */
export async function readAnnotations(path: string): Promise<ReadAnnotations[]> {
  const paths = await annotationPaths(path)
  if (paths.length === 0) throw new MissingFileError(join(path, '*.json'), 'annotations as JSON')
  const files: ReadAnnotations[] = []
  for (const file of paths) {
    files.push({ path: file, ...parseAnnotations(await readFile(file, 'utf8'), basename(file)) })
  }
  return files
}

async function annotationPaths(path: string): Promise<string[]> {
  switch (await kindOfPath(path)) {
    case 'file':
      return [path]
    case 'none':
      throw new MissingFileError(path, 'a file or a folder of annotations')
    case 'folder': {
      const names = await readdir(path)
      return names
        .filter(name => name.endsWith('.json'))
        .sort()
        .map(name => join(path, name))
    }
  }
}
