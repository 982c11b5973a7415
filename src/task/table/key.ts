/** What is right in a cell that is not simply to be left alone. */
export type CellKey =
  | {
      readonly as: 'fault'
      readonly group: string
      readonly skill: string
      readonly points: number
      readonly right: string
    }
  /** Nobody can know the value: it stays, and the note's field says what to ask. */
  | {
      readonly as: 'unknowable'
      readonly group: string
      readonly skill: string
      readonly points: number
      readonly note: string
    }

/** Two rows of one person: the field of the later row names the earlier row. */
export interface PairKey {
  readonly later: string
  readonly earlierRow: string
  /** The field in which the pair stands the wrong way round, and what stands there then. */
  readonly earlier: string
  readonly laterRow: string
  readonly skill: string
  readonly points: number
}

/** What is right in a table. Every field that is not named here is right as it stands. */
export interface TableKey {
  readonly cells: Readonly<Record<string, CellKey>>
  readonly pairs: readonly PairKey[]
  /** Fields for notes: one that is filled in without need is no damage, many are. */
  readonly notes: readonly string[]
}
