import { type Entries, type TaskField, valueIn } from '../present.ts'
import { type Checkpoint, type Loss, scoreTask, type TaskGrade } from '../task.ts'
import { type Change, changesBetween, flatten, sentencesIn } from './compare.ts'
import type { DraftKey, KeptKey, PlaceKey, Span } from './key.ts'
import { NUMBER } from './text.data.ts'

const WEIGHT = 1
/** Damage, in points: something that had to stay, any other change, and every ten characters of one beyond the free ones. */
const KEPT = 1
const NEEDLESS = 0.5
const FREE_CHARACTERS = 6
const CHARACTERS_A_POINT = 10
/** Changes with so few characters between them are one. */
const NEAR = 3
/** In a sentence that was rewritten and holds the right form so many characters are free. */
const FREE_IN_SENTENCE = 40

/** A manuscript as it was shown and as it was handed in, both flat. */
export interface Work {
  readonly initial: string
  readonly text: string
  readonly changes: readonly Change[]
  readonly sentences: readonly Span[]
}

const endOf = ({ from, was }: Change): number => from + was.length

const within = (change: Change, { from, to }: Span): boolean => change.from >= from && endOf(change) <= to

/** Where the text stands that begins at a place of the manuscript: behind what was put in just there, or before it. */
function startIn({ changes }: Work, place: number): { readonly after: number; readonly before: number } {
  let moved = 0
  for (const change of changes) {
    if (change.from > place) break
    if (endOf(change) > place) return { after: change.at, before: change.at }
    if (change.was === '' && change.from === place) return { after: change.at + change.now.length, before: change.at }
    moved = change.at + change.now.length - endOf(change)
  }
  return { after: place + moved, before: place + moved }
}

/** Where the text ends that ends at a place of the manuscript: before what was put in just there, or behind it. */
function endIn({ changes }: Work, place: number): { readonly before: number; readonly after: number } {
  let moved = 0
  for (const change of changes) {
    if (change.from > place) break
    if (change.from < place && endOf(change) > place) {
      const end = change.at + change.now.length
      return { before: end, after: end }
    }
    if (change.from === place) {
      const after = change.was === '' ? change.at + change.now.length : change.at
      return { before: change.at, after }
    }
    moved = change.at + change.now.length - endOf(change)
  }
  return { before: place + moved, after: place + moved }
}

/** What stands for a stretch now, with everything that was put in at its edges. */
export const standsFor = (work: Work, { from, to }: Span): string =>
  work.text.slice(startIn(work, from).before, endIn(work, to).after)

function spansOf(text: string): Span[] {
  let from = 0
  return sentencesIn(text).map((sentence) => {
    const span = { from, to: from + sentence.length }
    from = span.to
    return span
  })
}

/** So far a change may be moved. */
const FARTHEST = 40

/**
 * Where else something that was only put in, or only taken out, may stand just as well: an “a” put before an “a” may stand
 * behind it. The nearest places first, as far as the changes beside it.
 */
function slides({ from, was, at, now }: Change, [initial, text]: readonly [string, string], room: Span): Change[] {
  const [written, start, length] = was === '' ? [text, at, now.length] : [initial, from, was.length]
  const moved = (by: number): Change => ({
    from: from + by,
    was: initial.slice(from + by, from + by + was.length),
    at: at + by,
    now: text.slice(at + by, at + by + now.length),
  })
  const steps = (way: 1 | -1): Change[] => {
    const found: Change[] = []
    for (let by = way; Math.abs(by) <= FARTHEST; by += way) {
      const [first, second] = way < 0 ? [start + by, start + by + length] : [start + by - 1, start + by + length - 1]
      if (first < 0 || written[first] !== written[second] || written[first] === undefined) break
      if (from + by < room.from || from + by + was.length > room.to) break
      found.push(moved(by))
    }
    return found
  }
  const [back, on] = [steps(-1), steps(1)]
  return Array.from({ length: Math.max(back.length, on.length) }, (_, i) => [back[i], on[i]])
    .flat()
    .filter((one) => one !== undefined)
}

/** The same changes, each at the place that asks for it where it may stand there just as well: a comparison knows of no places. */
function atPlaces(changes: readonly Change[], texts: readonly [string, string], places: readonly Span[]): Change[] {
  const isAsked = (change: Change) => places.some((place) => within(change, place))
  const settled: Change[] = []
  for (const [i, change] of changes.entries()) {
    const before = settled.at(-1)
    const room = { from: before ? endOf(before) : 0, to: changes[i + 1]?.from ?? texts[0].length }
    const isPlain = change.was === '' || change.now === ''
    const found = isPlain && !isAsked(change) ? slides(change, texts, room).find(isAsked) : undefined
    settled.push(found ?? change)
  }
  return settled
}

/** Compares a manuscript with what was made of it. */
export function openWork(field: TaskField, entries: Entries, places: readonly Span[]): Work {
  const initial = flatten(field.initial)
  const text = flatten(valueIn(field, entries))
  const changes = atPlaces(changesBetween(initial, text), [initial, text], places)
  return { initial, text, changes, sentences: spansOf(initial) }
}

/** The sentence, or the sentences, in which a stretch stands. */
export function sentenceOf({ sentences, initial }: Work, { from, to }: Span): Span {
  const first = sentences.find((sentence) => from < sentence.to)
  const last = sentences.find((sentence) => to <= sentence.to)
  return { from: first?.from ?? 0, to: last?.to ?? initial.length }
}

const count = (text: string, part: string): number => (part === '' ? 0 : text.split(part).length - 1)

/** How a place was dealt with. */
type Verdict =
  /** An accepted form stands exactly there: what was put in before or behind it may belong to it. */
  | { readonly as: 'exact'; readonly takesBefore: boolean; readonly takesBehind: boolean }
  /** The sentence was rewritten and holds an accepted form in place of the wrong one. */
  | { readonly as: 'rewritten'; readonly sentence: Span }
  | { readonly as: 'missed' }

/** Whether nothing of a place is left where it was, or a change reaches beyond it: not merely another wrong form put there. */
function isGone({ changes }: Work, { from, to }: Span): boolean {
  const touching = changes.filter((change) => change.from < to && endOf(change) > from)
  return (
    touching.some((change) => change.from < from || endOf(change) > to) ||
    touching.reduce((sum, { was }) => sum + was.length, 0) === to - from
  )
}

/**
 * Whether an accepted form stands at the edge of a change that reaches beyond its place, because the words beside it were
 * changed too: one that begins where the place begins, or ends where it ends, and takes a part of what was put in.
 */
function standsAtEdge(work: Work, { from, to, accepted }: PlaceKey): boolean {
  const start = startIn(work, from).after
  const end = endIn(work, to).before
  return work.changes.some((change) => {
    const last = change.at + change.now.length
    const takes = (at: number, form: string) =>
      at < last && at + form.length > change.at && work.text.startsWith(form, at)
    const reachesBehind = change.was !== '' && change.from >= from && change.from <= to && endOf(change) > to
    if (reachesBehind) return accepted.some((form) => start + form.length <= last && takes(start, form))
    const reachesBefore = change.was !== '' && change.from < from && endOf(change) >= from && endOf(change) <= to
    return reachesBefore && accepted.some((form) => end - form.length >= change.at && takes(end - form.length, form))
  })
}

function judgePlace(work: Work, place: PlaceKey): Verdict {
  const start = startIn(work, place.from)
  const end = endIn(work, place.to)
  // the widest form first: one right form may hold another
  for (const from of new Set([start.before, start.after]))
    for (const to of new Set([end.after, end.before]))
      if (from < to && place.accepted.includes(work.text.slice(from, to)))
        return { as: 'exact', takesBefore: from < start.after, takesBehind: to > end.before }
  if (standsAtEdge(work, place)) return { as: 'exact', takesBefore: false, takesBehind: false }
  if (!isGone(work, place)) return { as: 'missed' }
  const sentence = sentenceOf(work, place)
  const was = work.initial.slice(sentence.from, sentence.to)
  const now = standsFor(work, sentence)
  const wrong = work.initial.slice(place.from, place.to)
  const holds = place.accepted.some((form) => {
    // a form of one character stands in any sentence, and a right form may hold the wrong one or be held by it
    const bare = (text: string) => count(text, wrong) - count(text, form) * count(form, wrong)
    return form.length > 1 && bare(now) < bare(was) && count(now, form) > count(was, form) - count(wrong, form)
  })
  return holds ? { as: 'rewritten', sentence } : { as: 'missed' }
}

/** Where a number stands in a text by itself, and not as a part of another one. */
const numbersIn = (text: string, number: string): number[] =>
  [...text.matchAll(NUMBER)].filter(([one]) => one === number).map(({ index }) => index)

const isNumber = (text: string): boolean => text.replace(NUMBER, '') === ''

/** Whether something that has to stay was changed. A sentence may be turned round, as long as it holds the same. */
export function isDamaged(work: Work, { spans }: KeptKey): boolean {
  return spans.some((span) => {
    const { initial } = work
    const kept = initial.slice(span.from, span.to)
    const sentence = sentenceOf(work, span)
    const was = initial.slice(sentence.from, sentence.to)
    const now = standsFor(work, sentence)
    const start = startIn(work, span.from).after
    if (isNumber(kept))
      return !numbersIn(work.text, kept).includes(start) && numbersIn(now, kept).length < numbersIn(was, kept).length
    const stands = work.text.slice(start, endIn(work, span.to).before) === kept
    return !stands && count(now, kept) < count(was, kept)
  })
}

/** A change, or several near one another, as far as no place asked for it. */
interface Rest extends Span {
  readonly removed: number
  readonly added: number
}

const beyond = (characters: number, free: number): number =>
  Math.floor(Math.max(0, characters - free) / CHARACTERS_A_POINT)

/** Whether a change that stands within a place belongs to how it was dealt with. */
function isOf(change: Change, place: PlaceKey, verdict: Verdict): boolean {
  if (!within(change, place)) return false
  if (verdict.as !== 'exact' || change.was !== '') return true
  return change.from === place.from ? verdict.takesBefore : change.from === place.to ? verdict.takesBehind : true
}

/** What is left of the changes when those are taken away that places asked for. */
function restOf(changes: readonly Change[], asked: readonly Span[], isAsked: (change: Change) => boolean): Rest[] {
  const rest: Rest[] = []
  for (const change of changes.filter((one) => !isAsked(one))) {
    const to = endOf(change)
    const inside = asked.reduce(
      (sum, span) => sum + Math.max(0, Math.min(to, span.to) - Math.max(change.from, span.from)),
      0,
    )
    const one = { from: change.from, to, removed: change.was.length - inside, added: change.now.length }
    const last = rest.at(-1)
    if (last && one.from - last.to <= NEAR)
      rest[rest.length - 1] = {
        from: last.from,
        to,
        removed: last.removed + one.removed,
        added: last.added + one.added,
      }
    else rest.push(one)
  }
  return rest
}

interface Judged {
  readonly place: PlaceKey
  readonly verdict: Verdict
}

/** What changes cost that no place asked for, and those at places beyond what correcting them takes. */
function needlessWeights(work: Work, judged: readonly Judged[], damaged: readonly KeptKey[]): number[] {
  const { changes } = work
  const rewritten = new Map(
    judged.flatMap(({ verdict }) => (verdict.as === 'rewritten' ? [[verdict.sentence.from, verdict.sentence]] : [])),
  )
  const sentences = [...rewritten.values()]
  const sizeIn = (span: Span): number =>
    changes
      .filter((change) => within(change, span))
      .reduce((sum, { was, now }) => sum + Math.max(was.length, now.length), 0)
  const isAsked = (change: Change): boolean =>
    judged.some(({ place, verdict }) => isOf(change, place, verdict)) || sentences.some((span) => within(change, span))
  const lone = judged.filter(({ place }) => !sentences.some(({ from, to }) => place.from >= from && place.to <= to))
  const asked = [...sentences, ...lone.map(({ place }) => place)]
  return [
    ...sentences.map((span) => beyond(sizeIn(span), FREE_IN_SENTENCE)),
    ...lone.map(({ place, verdict }) => {
      const longest = Math.max(place.to - place.from, ...place.accepted.map(({ length }) => length))
      return verdict.as === 'missed' ? beyond(sizeIn(place), FREE_CHARACTERS + longest) : 0
    }),
    ...restOf(changes, asked, isAsked).map(({ from, to, removed, added }) => {
      const isPaidFor = damaged.some(({ spans }) => spans.some((span) => from <= span.to && span.from <= to))
      return (isPaidFor ? 0 : NEEDLESS) + beyond(Math.max(removed, added), FREE_CHARACTERS)
    }),
  ].filter((weight) => weight > 0)
}

/**
 * The first grader of manuscripts. A place earns its point when an accepted form stands there, or in its place in a sentence
 * that was rewritten. Losses: a look-alike changed 1; a number, a name or a quotation 1; any other change ½, and 1 more for
 * every ten characters beyond six. Changes within three characters of one another are one. Line ends and indents are free.
 */
export function gradeDraft1(key: DraftKey, fields: readonly TaskField[], entries: Entries): TaskGrade {
  const field = fields[0] as TaskField
  const work = openWork(field, entries, key.places)
  const judged = key.places.map((place): Judged => ({ place, verdict: judgePlace(work, place) }))
  const damaged = key.kept.filter((kept) => isDamaged(work, kept))
  const checkpoints = judged.map(({ place: { skill, number }, verdict }): Checkpoint => {
    const credit = verdict.as === 'missed' ? 0 : 1
    return { id: `${skill}:${number}`, skill, weight: WEIGHT, credit }
  })
  const losses = [
    ...damaged.map(({ reason }): Loss => ({ reason, weight: KEPT, field: field.name })),
    ...needlessWeights(work, judged, damaged).map(
      (weight): Loss => ({ reason: 'needless', weight, field: field.name }),
    ),
  ]
  return scoreTask(checkpoints, losses)
}
