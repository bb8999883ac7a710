import { describeWarnings, type MidiWarning, type TempoWarning } from '@vgm/encoding'

/** One line about all that was repaired in a file, and about tempos that were clamped. */
export function warningLine(label: string, warnings: readonly (MidiWarning | TempoWarning)[]): string {
  const { repairs, tempos } = describeWarnings(warnings)
  const parts = [
    repairs && `${repairs} (--strict refuses it)`,
    tempos && `${tempos} (--tempo fit keeps the time)`
  ]
  return `${label}: ${parts.filter(Boolean).join('; ')}`
}
