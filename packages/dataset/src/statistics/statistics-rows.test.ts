import { words } from '@vgm/encoding'
import { expect, test } from 'vitest'
import { createStatisticsCounter } from './statistics.js'
import { statisticsRows } from './statistics-rows.js'

test('a part without pieces has a column without shares', () => {
  const rows = statisticsRows('MIDI files', [
    { name: 'all', statistics: createStatisticsCounter(words).result() }
  ])
  expect(rows[0]).toEqual({ 'MIDI files': 'pieces', all: '0' })
  expect(rows.find(row => row['MIDI files'] === 'notes pp')).toEqual({ 'MIDI files': 'notes pp', all: '–' })
})
