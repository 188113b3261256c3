import type { Destination } from './destinations.ts'
import type { TextFlow } from './text-flow.ts'

/** Properties and place of the text of a group; a group within starts with a copy. */
export interface Group {
  destination: Destination
  /** Where text goes; null where it is not shown. */
  flow: TextFlow | null
  /** The note that the group belongs to. */
  note: Note | null
  /** The field that the group belongs to. */
  field: Field | null
  /** What is to be done with what the group held. */
  finish: (() => void) | null
  font: number
  /** The font of each kind of text that Word tells apart; chosen by \loch, \hich and \dbch. */
  fontOfKind: Readonly<Partial<Record<FontKind, number>>>
  kind: FontKind | null
  /** How many characters stand for a Unicode character, for readers that know none. */
  substitutes: number
  isHidden: boolean
  isDeleted: boolean
  isInTable: boolean
  /** Whether \* was read: an unknown destination is to be left out. */
  isStarred: boolean
}

export interface Note {
  readonly flow: TextFlow
  isEndnote: boolean
}

/** What the instruction of a field draws, which counts only where the field has no result. */
export interface Field {
  drawn: string
  /** Whether a result is shown. */
  hasResult: boolean
}

export type FontKind = 'loch' | 'hich' | 'dbch'
