import { type Conflict, conflictsOf, mergeTexts, type Piece, settle } from './merge-texts.ts'

/** A file as the service has it. */
export interface ServedFile {
  readonly path: string
  readonly hash: string
  readonly text: string
  /** As it is published; empty of a new file. */
  readonly before?: string
  /** Who saved it last, where it differs from what is published. */
  readonly by?: string
}

/** What the service answers to a text that was sent. */
export type Sent =
  | { readonly is: 'saved'; readonly hash: string; readonly savedAt: number }
  | { readonly is: 'overtaken'; readonly hash: string; readonly text: string; readonly by: string }
  | { readonly is: 'unreachable' | 'signed-out' | 'too-large' | 'refused' }

/** What is kept in the browser of a text that the service has not got. */
export interface KeptText {
  readonly path: string
  readonly text: string
  /** What it was written over. */
  readonly base: string
  readonly hash: string | null
}

export interface Surroundings {
  send(file: { readonly path: string; readonly was: string | null; readonly text: string }): Promise<Sent>
  keep(text: KeptText): void
  forget(path: string): void
  /** A text became another one than what was written: it was merged. */
  changed(path: string, text: string): void
  tell(news: News): void
}

export type News =
  | { readonly is: 'saving' }
  | { readonly is: 'saved'; readonly at: number }
  | { readonly is: 'merged'; readonly by: string }
  | { readonly is: 'conflict'; readonly path: string; readonly by: string; readonly conflicts: readonly Conflict[] }
  | { readonly is: 'unreachable' | 'signed-out' | 'too-large' | 'refused' }

interface OpenFile {
  /** What the service had, and its hash; null of a file that it has not got. */
  base: string
  hash: string | null
  text: string
  /** What waits for a decision: it is not sent meanwhile. */
  dispute?: { readonly pieces: readonly Piece[]; readonly text: string; readonly hash: string; readonly by: string }
}

/** Somebody who saves as fast as we do is met again. */
const MOST_ROUNDS = 5

/** The texts of an exam in one author's page: what is written is sent, and merged with what others have sent meanwhile. */
export function openDrafts({ send, keep, forget, changed, tell }: Surroundings) {
  const files = new Map<string, OpenFile>()
  let sending: Promise<boolean> | undefined
  /** How often something was sent: what the service said before that is old. */
  let sends = 0

  const isWaiting = ({ text, base, hash }: OpenFile): boolean => text !== base || hash === null
  const keepText = (path: string, { text, base, hash }: OpenFile) => keep({ path, text, base, hash })

  /** What others made of it, joined to what was written here. False where somebody has to decide. */
  function meet(
    path: string,
    file: OpenFile,
    theirs: { readonly hash: string; readonly text: string; readonly by: string },
  ): boolean {
    const pieces = mergeTexts({ base: file.base, mine: file.text, theirs: theirs.text })
    const conflicts = conflictsOf(pieces)
    if (conflicts.length > 0) {
      file.dispute = { ...theirs, pieces }
      tell({ is: 'conflict', path, by: theirs.by, conflicts })
      return false
    }
    const merged = settle(pieces, ({ mine }) => mine)
    const isNew = merged !== file.text
    Object.assign(file, { base: theirs.text, hash: theirs.hash, text: merged })
    if (isNew) {
      changed(path, merged)
      tell({ is: 'merged', by: theirs.by })
    }
    return true
  }

  /** True when the service has it. */
  async function sendFile(path: string, file: OpenFile): Promise<boolean> {
    for (let round = 0; round < MOST_ROUNDS && isWaiting(file); round++) {
      if (file.dispute) return false
      const { text, hash } = file
      sends += 1
      const sent = await send({ path, was: hash, text })
      switch (sent.is) {
        case 'saved':
          Object.assign(file, { base: text, hash: sent.hash })
          if (isWaiting(file)) keepText(path, file)
          else forget(path)
          tell({ is: 'saved', at: sent.savedAt })
          break
        case 'overtaken':
          if (!meet(path, file, sent)) return false
          keepText(path, file)
          break
        default:
          tell(sent)
          return false
      }
    }
    return !isWaiting(file)
  }

  async function sendAll(): Promise<boolean> {
    let isDone = true
    for (const [path, file] of files) {
      if (!isWaiting(file) || file.dispute) continue
      tell({ is: 'saving' })
      if (!(await sendFile(path, file))) isDone = false
    }
    return isDone
  }

  return {
    textOf: (path: string): string | undefined => files.get(path)?.text,
    paths: (): readonly string[] => [...files.keys()],
    /** Whether the service has not got everything yet. */
    isWaiting: (): boolean => [...files.values()].some(isWaiting),
    disputes: (path: string): readonly Conflict[] => conflictsOf(files.get(path)?.dispute?.pieces ?? []),

    /** What an answer of the service is held against: {@link receive} takes none that was asked for under another number. */
    sends: (): number => sends,

    /** Takes what the service has now; what is written here and not sent stays, merged with it. */
    receive(served: readonly ServedFile[], askedAt = sends): void {
      // what was sent meanwhile is not in it: it would seem to be taken back
      if (sending || askedAt !== sends) return
      for (const { path, hash, text, by = '' } of served) {
        const file = files.get(path)
        if (!file) files.set(path, { base: text, hash, text })
        else if (file.hash !== hash && !file.dispute) {
          meet(path, file, { hash, text, by })
          if (isWaiting(file)) keepText(path, file)
        }
      }
    },

    /** Takes up what an earlier visit could not send. */
    restore(kept: KeptText, by = ''): void {
      const file = files.get(kept.path)
      if (!file) files.set(kept.path, { base: '', hash: null, text: kept.text })
      else if (file.text !== kept.text) {
        const { text: theirs, hash } = file
        Object.assign(file, { base: kept.base, text: kept.text })
        meet(kept.path, file, { hash: hash ?? '', text: theirs, by })
        changed(kept.path, file.text)
      } else forget(kept.path)
    },

    write(path: string, text: string): void {
      const file = files.get(path) ?? { base: '', hash: null, text }
      files.set(path, file)
      const { dispute } = file
      Object.assign(file, { text, dispute: undefined })
      // what is written while others' words wait for a decision is part of what is decided
      if (dispute) meet(path, file, dispute)
      keepText(path, file)
    },

    /** Ends a dispute: what was decided is the text, over what the others have. */
    decide(path: string, decide: (conflict: Conflict) => string): void {
      const file = files.get(path)
      if (!file?.dispute) return
      const { pieces, text: theirs, hash } = file.dispute
      Object.assign(file, { base: theirs, hash, text: settle(pieces, decide), dispute: undefined })
      keepText(path, file)
      changed(path, file.text)
    },

    /** Sends what waits, one file after the other. One at a time: who calls meanwhile gets the same answer. */
    send(): Promise<boolean> {
      sending ??= sendAll().finally(() => {
        sending = undefined
      })
      return sending
    },
  }
}
