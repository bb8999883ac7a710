/**
 * The results of `work` in the order of the items, at most `width` of them under way or waiting to be taken, so that memory
 * stays bounded however many items there are. An error is thrown in the turn of its item.
 */
export async function* inOrder<T, R>(
  items: Iterable<T>,
  width: number,
  work: (item: T) => Promise<R>
): AsyncGenerator<R, void, undefined> {
  const waiting: Promise<R>[] = []
  try {
    for (const item of items) {
      const result = work(item)
      // A result that fails before its turn has a handler already; without one Node would end the process.
      result.catch(() => {})
      waiting.push(result)
      if (waiting.length >= width) yield (await waiting.shift()) as R
    }
    while (waiting.length > 0) yield (await waiting.shift()) as R
  } finally {
    await Promise.allSettled(waiting)
  }
}

/** Consecutive items in groups of `size`; the last may be smaller. */
export function* inGroups<T>(items: Iterable<T>, size: number): Generator<T[], void, undefined> {
  let group: T[] = []
  for (const item of items) {
    group.push(item)
    if (group.length === size) {
      yield group
      group = []
    }
  }
  if (group.length > 0) yield group
}
