/** What the server tells the island, as a JSON block in the page. Times are server milliseconds; texts are finished sentences. */
export interface RunData {
  readonly id: string
  readonly page: 'paper' | 'task' | 'review' | 'import'
  readonly lease: string
  /** Whose paper it is, by their id in the marketplace. */
  readonly worker: string
  readonly now: number
  readonly deadline: number
  /** The whole working time in milliseconds. */
  readonly span: number
  /** What follows a time of day, ` JST` where the reader may be elsewhere. */
  readonly zone: string
  readonly texts: RunTexts
}

export type RunTexts = Readonly<
  Record<
    | 'saving'
    | 'saved'
    | 'none'
    | 'kept'
    | 'offline'
    | 'back'
    | 'lost'
    | 'other'
    | 'out'
    | 'away'
    | 'adopted'
    | 'unsaved'
    | 'tooMuch'
    | 'left'
    | 'minutes'
    | 'seconds'
    | 'longer'
    | 'hidden'
    | 'over'
    | 'overOffline'
    | 'ends'
    | 'answered'
    | 'open'
    | 'flagged'
    | 'cell'
    | 'comma'
    | 'moved'
    | 'title'
    | 'next'
    | 'review',
    string
  >
>
