import { expect, test } from 'vitest'
import { wrapHelp } from './wrap-help.js'

const text = `Usage: vgm steer [options]

Options:
  --out <file>  file to write
                (default: here)

Examples:
  vgm steer my-model --target positive                 writes my-model/steering/positive.json
  vgm steer my-model

Pieces are composed, a probe judges them, and what is added to the units of the model changes until the pieces are as
positive as the target says.
`

test('paragraphs are filled, lists stay, and remarks go below examples that leave no room', () => {
  expect(wrapHelp(text, 60)).toBe(`Usage: vgm steer [options]

Options:
  --out <file>  file to write
                (default: here)

Examples:
  vgm steer my-model --target positive
      writes my-model/steering/positive.json
  vgm steer my-model

Pieces are composed, a probe judges them, and what is added
to the units of the model changes until the pieces are as
positive as the target says.
`)
})

test('a wide terminal has remarks beside their examples, and a paragraph on one line', () => {
  const wide = wrapHelp(text, 300)
  expect(wide).toContain('--target positive                 writes my-model')
  expect(wide).toContain('are as positive as the target says.\n')
})

test('a command that is too long can still be copied, and a remark on a line of its own moves left', () => {
  const example = `  vgm train music/train --valid music/valid --units 256 --epochs 8 --out my-model
                                        writes my-model`
  expect(wrapHelp(example, 50)).toBe(`  vgm train music/train --valid music/valid \\
      --units 256 --epochs 8 --out my-model
      writes my-model`)
})

test.each([40, 60, 80, 100, 140])('at %d columns nothing is lost, and no line is longer', width => {
  const wrapped = wrapHelp(text, width)
  expect(wrapped.split(/\s+/)).toEqual(text.split(/\s+/))
  for (const line of wrapped.split('\n')) expect(line.length).toBeLessThanOrEqual(width)
})
