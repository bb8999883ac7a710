import { command } from '../../flags/command.js'
import { modelArgument } from '../../flags/options.js'
import { probeOptions } from './probe-flags.js'

const help = `
Examples:
  vgm probe my-model vgmidi-0.1                   writes my-model/probes/valence.json
  vgm probe my-model vgmidi-0.1 --features descriptors    writes my-model/probes/music.json
  vgm probe my-model music --teacher music-first  writes my-model/probes/valence-distilled.json

Labels are CSV files with the columns label (1 or -1), id (of the piece) and filepath (of a phrase's MIDI file, from the CSV
file's folder on and within it, with or without .mid), as vgm dataset summarize writes them, or a folder that holds VGMIDI 0.1.
The probe is validated with folds over phrases, as in the paper, and with folds over whole pieces, and then fitted to all.

--teacher needs no labels: phrases of four bars are drawn from folders of MIDI files, another probe judges them, and the third
that it finds the most positive and the third that it finds the most negative are learnt.`

/** `vgm probe`. */
export const probe = command({
  name: 'probe',
  description: 'Find the units of a model that tell positive music from negative.',
  arguments: [
    modelArgument,
    [
      '<labels...>',
      'CSV files of labelled phrases, or the folder of VGMIDI 0.1; with --teacher, folders of MIDI files'
    ]
  ],
  options: probeOptions,
  help,
  run: async (...given) => (await import('./run-probe.js')).runProbe(...given)
})
