const narrowest = 40
/** Where the remark of an example begins that has no room beside it. */
const remarkIndent = 6

/**
 * Fits a help text to a terminal: paragraphs are filled, lists and examples keep their lines where these fit. A remark that
 * has no room beside its example goes below it; an example that is too long is continued as shells have it.
 *
 * @param width In columns.
 */
export function wrapHelp(text: string, width: number): string {
  const columns = Math.max(width, narrowest)
  const lines: string[] = []
  let paragraph: string[] = []
  const endParagraph = () => {
    if (paragraph.length > 0) lines.push(...fill(paragraph.join(' '), columns))
    paragraph = []
  }
  for (const line of text.split('\n')) {
    if (line === '' || /^\s/.test(line)) {
      endParagraph()
      lines.push(...fitLine(line, columns))
    } else {
      paragraph.push(line)
      if (line.endsWith(':')) endParagraph()
    }
  }
  endParagraph()
  return lines.join('\n')
}

/** A line that is indented: a command and, after some spaces, a remark. */
function fitLine(line: string, columns: number): string[] {
  if (line.length <= columns) return [line]
  const text = line.trim()
  const indent = line.length - line.trimStart().length
  const [, command = text, remark] = text.match(/^(\S.*?)\s{2,}(\S.*)$/) ?? []
  const shown = command.startsWith('vgm ')
    ? fill(command, columns - continued.length, indent)
        .join(`${continued}\n    `)
        .split('\n')
    : fill(command, columns, Math.min(indent, remarkIndent))
  return remark === undefined ? shown : [...shown, ...fill(remark, columns, remarkIndent)]
}

/** How a shell knows that a command goes on in the next line. */
const continued = ' \\'

/** Words on as few lines as they need; a word that is too long has a line of its own. */
function fill(text: string, columns: number, indent = 0): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && indent + line.length + 1 + word.length > columns) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map(each => ' '.repeat(indent) + each)
}
