/** `node bench/piano-rolls.mjs FOLDER PICTURE`: the first eight MIDI files of a folder as piano rolls, in one SVG. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { panels } from '@vgm/charts'
import { createMetre, parseMidi } from '@vgm/encoding'
import { estimateKey } from '@vgm/key-velocity'

const [folder, picture] = process.argv.slice(2)
const pieces = 8
/** Repeated notes stay apart in the picture by this part of a bar. */
const gap = 0.03

const names = readdirSync(folder)
  .filter(name => name.endsWith('.mid'))
  .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  .slice(0, pieces)

function pianoRoll(name) {
  const score = parseMidi(readFileSync(join(folder, name)))
  const metre = createMetre(score)
  const place = tick => {
    const { index, startTick, quarters } = metre.barAt(tick)
    return 1 + index + (tick - startTick) / (quarters * score.ticksPerQuarter)
  }
  const ends = score.notes.map(({ startTick, durationTicks }) => place(startTick + durationTicks))
  return {
    title: `${name}, ${estimateKey(score).name}`,
    width: 1000,
    height: 180,
    x: { label: 'bar', domain: [1, Math.ceil(Math.max(...ends))] },
    y: { label: 'pitch', domain: [24, 100] },
    layers: score.notes.map(({ startTick, pitch }, index) => ({
      kind: 'line',
      points: [place(startTick), Math.max(place(startTick) + gap, ends[index] - gap)].map(at => [at, pitch]),
      width: 3,
      color: '#0072b2'
    }))
  }
}

writeFileSync(picture, panels(names.map(pianoRoll)))
