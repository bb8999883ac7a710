interface Signature {
  readonly at?: number
  readonly text: string
}

/** Kinds of file that are often taken for MIDI: how they begin, and what to call them. */
const kinds = {
  gzip: { name: 'a gzip archive', signatures: [{ text: '\x1f\x8b' }] },
  zip: { name: 'a zip archive', signatures: [{ text: 'PK\x03\x04' }, { text: 'PK\x05\x06' }] },
  rar: { name: 'a RAR archive', signatures: [{ text: 'Rar!\x1a\x07' }] },
  '7z': { name: 'a 7z archive', signatures: [{ text: '7z\xbc\xaf\x27\x1c' }] },
  wav: { name: 'a WAV recording', signatures: [{ text: 'WAVE', at: 8 }] },
  aiff: {
    name: 'an AIFF recording',
    signatures: [
      { text: 'AIFF', at: 8 },
      { text: 'AIFC', at: 8 }
    ]
  },
  mp3: { name: 'an MP3 recording', signatures: [{ text: 'ID3' }] },
  ogg: { name: 'an Ogg recording', signatures: [{ text: 'OggS' }] },
  flac: { name: 'a FLAC recording', signatures: [{ text: 'fLaC' }] },
  mp4: { name: 'an MP4 recording', signatures: [{ text: 'ftyp', at: 4 }] },
  pdf: { name: 'a PDF document', signatures: [{ text: '%PDF-' }] },
  png: { name: 'a PNG picture', signatures: [{ text: '\x89PNG\r\n' }] },
  jpeg: { name: 'a JPEG picture', signatures: [{ text: '\xff\xd8\xff' }] },
  xmi: {
    name: 'an XMI file',
    signatures: [
      { text: 'XDIR', at: 8 },
      { text: 'XMID', at: 8 }
    ]
  },
  musicxml: { name: 'a MusicXML score', signatures: [] },
  html: { name: 'an HTML page', signatures: [] },
  xml: { name: 'an XML file', signatures: [] }
} satisfies Record<string, { name: string; signatures: readonly Signature[] }>

/** A kind of file that {@link parseMidi} recognises and refuses. */
export type ForeignKind = keyof typeof kinds

/** The name of such a file in a sentence. */
export function foreignName(kind: ForeignKind): string {
  return kinds[kind].name
}

/** The kind of a file that is no MIDI file, judged by its first bytes. */
export function foreignKind(bytes: Uint8Array): ForeignKind | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 1024))
  const bySignature = Object.entries(kinds).find(([, { signatures }]) =>
    signatures.some(({ text, at = 0 }: Signature) => start.startsWith(text, at))
  )
  return (bySignature?.[0] as ForeignKind | undefined) ?? markupKind(start)
}

function markupKind(start: string): ForeignKind | undefined {
  const text = start.replace(/^(\xef\xbb\xbf)?\s*/, '').toLowerCase()
  if (/^<!doctype html|^<html|^<head|^<body/.test(text)) return 'html'
  if (!/^<[?!a-z]/.test(text)) return undefined
  if (/<score-(partwise|timewise)/.test(text)) return 'musicxml'
  return /<html/.test(text) ? 'html' : 'xml'
}

/** Whether the bytes begin with a frame of MPEG audio, as MP3 files without a title do. */
export function isMpegAudio(bytes: Uint8Array): boolean {
  const [sync, version, rates] = bytes
  if (sync !== 0xff || version === undefined || rates === undefined) return false
  const isSync = (version & 0xe0) === 0xe0
  const hasVersion = (version & 0x18) !== 0x08
  const hasLayer = (version & 0x06) !== 0
  const hasRates = (rates & 0xf0) !== 0xf0 && (rates & 0x0c) !== 0x0c
  return isSync && hasVersion && hasLayer && hasRates
}
