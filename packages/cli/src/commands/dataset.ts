import { Command } from 'commander'
import { datasetEncodeCommand } from './dataset-encode.js'

/** `vgm dataset`: the commands about data sets. */
export function datasetCommand(): Command {
  return new Command('dataset')
    .description('Fetch, label, describe and encode sets of music.')
    .addCommand(datasetEncodeCommand())
}
