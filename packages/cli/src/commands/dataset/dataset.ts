import { Command } from 'commander'
import { datasetEncodeCommand } from './dataset-encode.js'
import { fetchCommand } from './dataset-fetch.js'
import { statsCommand } from './dataset-stats.js'
import { summarizeCommand } from './dataset-summarize.js'

/** `vgm dataset`: the commands about data sets. */
export function datasetCommand(): Command {
  return new Command('dataset')
    .description('Fetch, label, describe and encode sets of music.')
    .addCommand(fetchCommand())
    .addCommand(datasetEncodeCommand())
    .addCommand(statsCommand())
    .addCommand(summarizeCommand())
}
