import { diff3Merge } from 'node-diff3'
import { itemHeadings } from '../item/source/items-in-file.ts'

/** Lines that two people wrote where there was one text. */
export interface Conflict {
  readonly base: string
  readonly mine: string
  readonly theirs: string
  /** The item that it stands in. */
  readonly item?: string
}

/** A merged text in pieces: what is agreed on, and what somebody has to decide. */
export type Piece = { readonly text: string } | Conflict

/** Three versions of a text. */
export interface Versions {
  readonly base: string
  readonly mine: string
  readonly theirs: string
}

const isConflict = (piece: Piece): piece is Conflict => 'mine' in piece

export const conflictsOf = (pieces: readonly Piece[]): readonly Conflict[] => pieces.filter(isConflict)

/** The text, with what was decided of each conflict in its place. */
export const settle = (pieces: readonly Piece[], decide: (conflict: Conflict) => string): string =>
  pieces.map((piece) => (isConflict(piece) ? decide(piece) : piece.text)).join('')

/** A text as its pieces, each with its own line end, so that they join to the text again. */
const linesOf = (text: string): string[] => text.split(/(?<=\n)/)

/** The head of a file and its items, each with all its lines. */
function itemsOf(text: string): string[] {
  const starts = new Set(itemHeadings(text).map(({ line }) => line))
  const parts: string[] = ['']
  linesOf(text).forEach((line, i) => {
    if (starts.has(i + 1)) parts.push(line)
    else parts[parts.length - 1] += line
  })
  return parts
}

const idOf = (part: string): string | undefined => itemHeadings(part)[0]?.id

type Arrays = { readonly [Name in keyof Versions]: string[] }

/** Merges sequences; what was done twice alike is agreed on. `inner` looks into what differs. */
const mergeBy = ({ mine, base, theirs }: Arrays, inner: (versions: Arrays) => readonly Piece[]): Piece[] =>
  diff3Merge(mine, base, theirs, { excludeFalseConflicts: true }).flatMap(({ ok, conflict }) =>
    ok ? [{ text: ok.join('') }] : conflict ? inner({ mine: conflict.a, base: conflict.o, theirs: conflict.b }) : [],
  )

const joined = ({ mine, base, theirs }: Arrays): Versions => ({
  mine: mine.join(''),
  base: base.join(''),
  theirs: theirs.join(''),
})

function mergeLines(versions: Versions): Piece[] {
  const item = idOf(versions.mine) ?? idOf(versions.theirs)
  const lines = { mine: linesOf(versions.mine), base: linesOf(versions.base), theirs: linesOf(versions.theirs) }
  const disputed = (of: Versions): Conflict => ({ ...of, ...(item === undefined ? {} : { item }) })
  return mergeBy(lines, (rest) =>
    // lines side by side are lines all the same
    areAsMany(rest)
      ? rest.base.map((base, i) =>
          mergeLine({ base, mine: rest.mine[i] as string, theirs: rest.theirs[i] as string }, disputed),
        )
      : [disputed(joined(rest))],
  )
}

const areAsMany = ({ mine, base, theirs }: Arrays): boolean =>
  mine.length === base.length && theirs.length === base.length

function mergeLine(versions: Versions, disputed: (versions: Versions) => Conflict): Piece {
  const { base, mine, theirs } = versions
  if (mine === theirs || theirs === base) return { text: mine }
  return mine === base ? { text: theirs } : disputed(versions)
}

/** Whether three runs of items are the same items, so that each can be looked into. */
const areSameItems = ({ mine, base, theirs }: Arrays): boolean =>
  areAsMany({ mine, base, theirs }) &&
  base.every((part, i) => idOf(part) === idOf(mine[i] as string) && idOf(part) === idOf(theirs[i] as string))

/**
 * Merges what two people made of one text, three ways: first item by item, then line by line in items that both changed. Whatever
 * only one of them did is taken; nothing of either is left out. Law: the pieces with all conflicts decided one way hold every
 * change of that side.
 */
export function mergeTexts({ base, mine, theirs }: Versions): readonly Piece[] {
  if (mine === theirs || theirs === base) return [{ text: mine }]
  if (mine === base) return [{ text: theirs }]
  return mergeBy({ base: itemsOf(base), mine: itemsOf(mine), theirs: itemsOf(theirs) }, (rest) =>
    areSameItems(rest)
      ? rest.base.flatMap((part, i) =>
          mergePart({ base: part, mine: rest.mine[i] as string, theirs: rest.theirs[i] as string }),
        )
      : mergeLines(joined(rest)),
  )
}

function mergePart(versions: Versions): readonly Piece[] {
  const { base, mine, theirs } = versions
  if (mine === theirs || theirs === base) return [{ text: mine }]
  return mine === base ? [{ text: theirs }] : mergeLines(versions)
}
