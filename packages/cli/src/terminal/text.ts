/** A number and what is counted, such as `1 note` or `2 notes`. */
export function countNoun(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
