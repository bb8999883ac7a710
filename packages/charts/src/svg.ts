const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as it may stand in an element or in an attribute. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, character => entities[character] ?? character)
}

/** A coordinate with at most two decimals: finer ones are not seen. */
export function round(value: number): number {
  return Math.round(value * 100) / 100
}

/** An element; attributes that are `undefined` are left out, texts and numbers are made safe. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content?: string
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escapeText(String(value))}"`
    )
    .join('')
  return content === undefined ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`
}

/** Text at a place. */
export function textAt(
  x: number,
  y: number,
  text: string,
  attributes: Readonly<Record<string, string | number | undefined>> = {}
): string {
  return element('text', { x, y, ...attributes }, escapeText(text))
}

/** A whole document of the given elements. */
export function documentOf(
  width: number,
  height: number,
  title: string,
  elements: readonly string[]
): string {
  const content = [
    element('title', {}, escapeText(title)),
    element('rect', { width, height, fill: '#fff' }),
    ...elements
  ].join('\n')
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    'font-family': 'sans-serif',
    'font-size': 12
  }
  return `${element('svg', attributes, `\n${content}\n`)}\n`
}
