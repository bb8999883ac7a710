import { group } from '../../flags/command.js'
import { encodeShards } from './dataset-encode.js'
import { fetchData } from './dataset-fetch.js'
import { stats } from './dataset-stats.js'
import { summarize } from './dataset-summarize.js'

/** `vgm dataset`: the commands about data sets. */
export const dataset = group('dataset', 'Fetch, label, describe and encode sets of music.', [
  fetchData,
  encodeShards,
  stats,
  summarize
])
