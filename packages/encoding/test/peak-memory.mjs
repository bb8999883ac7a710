/**
 * Prints the most memory that reading a file of 900,000 events takes, in MB, this process included.
 *
 *     node peak-memory.mjs <module with parseMidi> <note-ons per note-off, 1 or 0 for notes that never end>
 */
import { pathToFileURL } from 'node:url'

const [path, ends] = process.argv.slice(2)
const { parseMidi } = await import(pathToFileURL(path).href)

const events = 900_000
const track = new Uint8Array(4 * events + 4)
for (let event = 0; event < events; event++) {
  const isEnd = ends === '1' && event % 2 === 1
  track.set([event % 3 ? 0 : 60, isEnd ? 0x80 : 0x90, 30 + ((event >> 1) % 60), 64], 4 * event)
}
track.set([0, 0xff, 0x2f, 0], 4 * events)
const bytes = new Uint8Array(22 + track.length)
const fields = new DataView(bytes.buffer)
bytes.set([0x4d, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 0, 0, 1, 1, 0xe0, 0x4d, 0x54, 0x72, 0x6b])
fields.setUint32(18, track.length)
bytes.set(track, 22)

const { notes } = parseMidi(bytes)
process.stdout.write(
  JSON.stringify({ notes: notes.length, megabytes: process.resourceUsage().maxRSS / 1024 })
)
