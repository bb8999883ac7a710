/** A number and what is counted, such as `1 note` or `2 notes`. */
export function countNoun(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** Prints a remark on standard error. */
export function log(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Prints a result, as JSON if that is wanted; on standard error where standard output carries a file. */
export function print(
  isJson: boolean | undefined,
  data: unknown,
  text: string,
  stream: NodeJS.WriteStream = process.stdout
): void {
  stream.write(isJson ? `${JSON.stringify(data)}\n` : text)
}
