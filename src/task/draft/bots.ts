import type { Random } from '../../kernel/random.ts'
import type { Entries, TaskField } from '../present.ts'
import type { TaskInstance } from '../task.ts'
import type { Bot } from '../task-kind.ts'
import { CHECKER } from './checker.data.ts'
import { flatten, sentencesIn } from './compare.ts'
import type { DraftKey, PlaceKey, Span } from './key.ts'

type DraftInstance = TaskInstance<DraftKey>

/** A stretch of the flat text, and what a bot writes there. */
interface Write extends Span {
  readonly text: string
}

const fieldOf = ({ presented }: DraftInstance): TaskField => presented.fields[0] as TaskField

/** The manuscript with stretches written anew, line ends where they were. Of stretches that overlap the earlier one is written. */
function written(instance: DraftInstance, writes: readonly Write[]): string {
  const { initial } = fieldOf(instance)
  const where: number[] = []
  for (let i = 0; i < initial.length; i++) if (initial[i] !== '\n') where.push(i)
  let text = ''
  let behind = 0
  let done = 0
  for (const write of [...writes].sort((a, b) => a.from - b.from)) {
    if (write.from < done) continue
    const start = where[write.from] ?? initial.length
    text += initial.slice(behind, start) + write.text
    behind = write.to === write.from ? start : (where[write.to - 1] as number) + 1
    done = write.to
  }
  return text + initial.slice(behind)
}

const enter = (instance: DraftInstance, text: string): Entries =>
  text === fieldOf(instance).initial ? {} : { [fieldOf(instance).name]: text }
const write = (instance: DraftInstance, writes: readonly Write[]): Entries => enter(instance, written(instance, writes))

const corrected = (place: PlaceKey, form = 0): Write => ({
  from: place.from,
  to: place.to,
  text: place.accepted[Math.min(form, place.accepted.length - 1)] as string,
})
const allRight = ({ key }: DraftInstance): Write[] => key.places.map((place) => corrected(place))
const flatOf = (instance: DraftInstance): string => flatten(fieldOf(instance).initial)

const half = (instance: DraftInstance, random: Random): Entries =>
  write(instance, random.shuffle(allRight(instance)).slice(0, Math.ceil(instance.key.places.length / 2)))

/** Right, and every look-alike is changed too. */
const changeEverything = (instance: DraftInstance): Entries =>
  write(instance, [
    ...allRight(instance),
    ...instance.key.kept
      .filter(({ reason }) => reason === 'look-alike')
      .flatMap(({ spans }) => spans.map((span) => ({ ...span, text: '○' }))),
  ])

/** Takes every suggestion of a spell checker. Where it underlines something wrong, it is lucky in what it suggests. */
function spellCheck(instance: DraftInstance): Entries {
  const flat = flatOf(instance)
  const writes = CHECKER.flatMap(([pattern, instead]) =>
    [...flat.matchAll(pattern)].map((match): Write => {
      const span = { from: match.index, to: match.index + match[0].length }
      const place = instance.key.places.find(({ from, to }) => from < span.to && span.from < to)
      return place ? corrected(place) : { ...span, text: match[0].replace(new RegExp(pattern.source, 'u'), instead) }
    }),
  )
  return write(instance, writes)
}

/**
 * Searches and replaces what was wrong on other papers by what is right there, with so many characters before and behind that
 * have to fit.
 */
export function recallPapers(instance: DraftInstance, papers: readonly DraftInstance[], context: number): Entries {
  let { initial: text } = fieldOf(instance)
  const known = new Map<string, string>()
  for (const paper of papers) {
    const flat = flatOf(paper)
    for (const place of paper.key.places) {
      const before = flat.slice(Math.max(0, place.from - context), place.from)
      const behind = flat.slice(place.to, place.to + context)
      known.set(`${before}${flat.slice(place.from, place.to)}${behind}`, `${before}${place.accepted[0]}${behind}`)
    }
  }
  for (const [wrong, right] of known) text = text.replaceAll(wrong, right)
  return enter(instance, text.slice(0, fieldOf(instance).max))
}

/** Right, but the first sentence of every paragraph is lost. */
function loseSentences(instance: DraftInstance): Entries {
  const text = written(instance, allRight(instance))
  return enter(
    instance,
    text
      .split('\n\n')
      .map((paragraph) => sentencesIn(paragraph).slice(1).join(''))
      .join('\n\n'),
  )
}

/** Right, and in so many sentences so many characters of good text are written anew. */
function polish(sentences: number, characters: number) {
  return (instance: DraftInstance, random: Random): Entries => {
    const known = [...instance.key.places, ...instance.key.kept.flatMap(({ spans }) => spans)]
    let at = 0
    const good = sentencesIn(flatOf(instance)).flatMap((sentence): Write[] => {
      const start = at
      at += sentence.length
      const last = sentence.length - characters - 1
      const open = Array.from({ length: Math.max(0, last) }, (_, i) => start + i).filter((from) =>
        known.every((span) => span.to < from - 3 || span.from > from + characters + 3),
      )
      const from = open[random.below(Math.max(1, open.length))]
      return from === undefined ? [] : [{ from, to: from + characters, text: '〇'.repeat(characters) }]
    })
    return write(instance, [...allRight(instance), ...random.shuffle(good).slice(0, sentences)])
  }
}

const otherForms = (instance: DraftInstance, random: Random): Entries =>
  write(
    instance,
    instance.key.places.map((place) =>
      corrected(place, place.accepted.length - 1 - random.below(place.accepted.length)),
    ),
  )

const relaid = (between: string, indent: string) => (instance: DraftInstance) =>
  enter(instance, indent + written(instance, allRight(instance)).replaceAll('\n\n', `${between}${indent}`))

/** Simulated candidates of manuscripts, and what their scores must be. */
export const draftBots: readonly Bot<DraftKey>[] = [
  { name: 'perfect', play: (instance) => write(instance, allRight(instance)), each: { least: 1 } },
  { name: 'other-forms', play: otherForms, each: { least: 1 } },
  { name: 'other-line-ends', play: relaid('\r\n', ''), each: { least: 1 } },
  { name: 'indented', play: relaid(' \n', '\u3000'), each: { least: 1 } },
  { name: 'untouched', play: () => ({}), each: { most: 0 } },
  { name: 'emptied', play: (instance) => enter(instance, ''), each: { most: 0 } },
  { name: 'half', play: half },
  { name: 'spell-checker', play: spellCheck, mean: { most: 0.45 } },
  { name: 'change-everything', play: changeEverything, mean: { most: 0.35 } },
  { name: 'dictionary', play: (instance) => recallPapers(instance, [instance], 0), mean: { most: 0.35 } },
  { name: 'sentence-lost', play: loseSentences, mean: { most: 0.5 } },
  { name: 'polished', play: polish(4, 8), each: { least: 0.8 } },
  { name: 'synonyms', play: polish(2, 2), each: { least: 0.9 } },
]
