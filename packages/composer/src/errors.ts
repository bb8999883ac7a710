import { VgmError } from '@vgm/base'
import { leastNotes } from './defaults.js'

/** What came out is too short to be a piece. */
export class ShortPieceError extends VgmError {
  override readonly name = 'ShortPieceError'

  constructor(
    caller: string,
    /** How many new notes came out. */
    readonly notes: number,
    /** Whether the model ended the piece; otherwise it was cut. */
    readonly isEnded: boolean
  ) {
    const least = notes === 0 ? '1 note' : `${leastNotes} notes`
    const end = isEnded ? 'the model ended the piece' : 'the piece was cut'
    super('SHORT_PIECE', `expected at least ${least}, got ${notes}: ${end}`, { caller })
  }
}

/** The composer has been disposed. */
export class DisposedError extends VgmError {
  override readonly name = 'DisposedError'

  constructor(caller: string) {
    super('DISPOSED', 'this composer has been disposed', { caller })
  }
}

/** A bank has no plan of the length that is wanted. */
export class NoPlanError extends VgmError {
  override readonly name = 'NoPlanError'

  constructor(
    readonly bars: number,
    /** The number of plans in the bank. */
    readonly plans: number
  ) {
    super('NO_PLAN', `expected a plan of ${bars} bars among those of ${plans} pieces, got none`, {
      caller: 'drawPlan'
    })
  }
}
