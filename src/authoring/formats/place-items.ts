import { canonicalJson } from '../../item/canonical-json.ts'
import type { Locale } from '../../item/item.ts'
import type { ItemPlaces, ItemSource, RawItem } from '../bank-source.ts'
import { compileWording } from '../compile-wording.ts'
import type { Finding, Report } from '../diagnostic.ts'
import { imagesOf } from '../embed-image.ts'
import { printItem } from '../print-bank.ts'
import { type ReadItem, readItem } from '../read-item.ts'
import type { RenderOptions } from '../render-markdown.ts'
import { listed, type Said, say } from '../said.ts'
import type { SourceFile } from '../source-file.ts'
import { splitDocument } from '../split-document.ts'
import { type Draft, type Imported, type ImportedItem, type ItemReport, type Loss, loss } from './exchange.ts'

/** Where imported items shall go. */
export interface Destination {
  readonly locale: Locale
  /** All go there; without it an item whose id names a topic of the exam, or was given by us, keeps it. */
  readonly topic?: string
  /** Topics of the exam. */
  readonly topics: readonly string[]
  /** For items that say nothing of a topic of the exam. */
  readonly otherTopic: string
  /** Ids of the exam, in any locale. */
  readonly taken: ReadonlySet<string>
  /** Items of the exam in this locale. */
  readonly known: readonly ItemSource[]
  /** Competencies of the exam, where they are known. */
  readonly skills?: ReadonlySet<string>
  /** Images of the exam. */
  readonly assets: readonly SourceFile[]
}

/** Imported items with their ids, by topic, and what became of each entry of the file. */
export interface PlacedItems {
  readonly topics: ReadonlyMap<string, readonly ItemSource[]>
  readonly reports: readonly ItemReport[]
  /** Of the file as a whole. */
  readonly losses: readonly Loss[]
}

const ID = /^([a-z][a-z0-9-]*)-\d{1,6}$/

/** Gives every imported item its topic and id, and leaves out, with the reason, what would not compile. */
export function placeItems(imported: Imported, destination: Destination): PlacedItems {
  const topics = new Map<string, ItemSource[]>()
  const own = new Set(
    imported.entries.flatMap((entry) => (entry.kind === 'item' && ID.test(entry.id ?? '') ? [entry.id as string] : [])),
  )
  const used = new Set<string>()
  const twins = new Map(
    destination.known.map((item) => [contentOf(item.id.slice(0, item.id.lastIndexOf('-')), item), item.id]),
  )
  const image = imagesOf([...destination.assets, ...imported.assets])
  const ids = new Map<string, string>()
  const numbers = highestNumbers(new Set([...destination.taken, ...own]))
  const reports = imported.entries.map((entry): ItemReport => {
    if (entry.kind === 'left-out') return { source: entry.source, outcome: 'left-out', losses: entry.losses }
    const topic = topicOf(entry, destination)
    const twin = entry.id === undefined ? twins.get(contentOf(topic, entry.draft)) : undefined
    if (twin !== undefined) return { id: twin, source: entry.source, outcome: 'changed', losses: [alreadyThere(twin)] }
    const keepsId = ID.exec(entry.id ?? '')?.[1] === topic && !used.has(entry.id as string)
    const number = (numbers.get(topic) ?? 0) + 1
    const id = keepsId ? (entry.id as string) : `${topic}-${String(number).padStart(3, '0')}`
    const item: ItemSource = { kind: 'item', id, ...entry.draft }
    const problems = checkItem(item, { topic, locale: destination.locale, image })
    if (problems.length > 0)
      return {
        source: entry.source,
        outcome: 'left-out',
        losses: [...problems.map((message): Loss => ({ code: 'invalid', message })), ...entry.losses],
      }
    used.add(id)
    if (!keepsId) numbers.set(topic, number)
    if (entry.id !== undefined) ids.set(entry.id, id)
    const there = topics.get(topic)
    if (there) there.push(item)
    else topics.set(topic, [item])
    const losses = [
      ...entry.losses,
      ...unknownSkill(entry.draft, destination.skills),
      ...(entry.id === undefined || keepsId || entry.source.includes(entry.id) ? [] : [renamed(entry.id, id)]),
    ]
    return { id, source: entry.source, outcome: losses.length === 0 ? 'whole' : 'changed', losses }
  })
  return {
    topics: new Map([...topics].map(([topic, items]) => [topic, items.map((item) => withEnemies(item, ids))])),
    reports,
    losses: [...imported.losses, ...lostGroups(imported.entries, destination)],
  }
}

/** Enemies follow the items they name to their new ids. */
const withEnemies = (item: ItemSource, ids: ReadonlyMap<string, string>): ItemSource =>
  item.pills.enemies.some((id) => (ids.get(id) ?? id) !== id)
    ? { ...item, pills: { ...item.pills, enemies: item.pills.enemies.map((id) => ids.get(id) ?? id) } }
    : item

/** What makes two items the same question. */
const contentOf = (topic: string, { stem, answer }: Draft): string => canonicalJson([topic, stem, answer])

const alreadyThere = (id: string): Loss => loss('metadata', say('exchange.alreadyThere', { id }))

const unknownSkill = ({ pills: { skill } }: Draft, skills: Destination['skills']): Loss[] =>
  skill === undefined || !skills || skills.has(skill) ? [] : [loss('metadata', say('exchange.skillUnknown', { skill }))]

const renamed = (from: string, to: string): Loss =>
  loss('metadata', say('exchange.identifierRenamed', { was: from.slice(0, 60), id: to }), ['id'])

/** Groups of the file that became no topic of their name. */
function lostGroups(entries: Imported['entries'], destination: Destination): Loss[] {
  const lost = new Set(
    entries.flatMap((entry) =>
      entry.kind === 'item' && entry.category !== undefined && lastPart(entry.category) !== topicOf(entry, destination)
        ? [entry.category]
        : [],
    ),
  )
  if (lost.size === 0) return []
  const categories = [...lost].map((category) => say('exchange.quoted', { text: category.slice(0, 60) }))
  return [loss('metadata', say('exchange.categoriesLost', { categories: listed(categories, 'between.quoted') }))]
}

const lastPart = (category: string): string | undefined => category.split('/').at(-1)?.trim().toLowerCase()

function topicOf(entry: ImportedItem, { topic, topics, otherTopic }: Destination): string {
  if (topic !== undefined) return topic
  const named = ID.exec(entry.id ?? '')?.[1]
  if (named !== undefined && (entry.isOwn || topics.includes(named))) return named
  const category = entry.category === undefined ? undefined : lastPart(entry.category)
  return topics.find((one) => one === category) ?? otherTopic
}

/** Numbers go on after the highest of a topic. */
function highestNumbers(taken: ReadonlySet<string>): Map<string, number> {
  const highest = new Map<string, number>()
  for (const id of taken) {
    const topic = ID.exec(id)?.[1]
    if (topic !== undefined) highest.set(topic, Math.max(highest.get(topic) ?? 0, Number(id.slice(topic.length + 1))))
  }
  return highest
}

interface CheckContext {
  readonly topic: string
  readonly locale: Locale
  readonly image: RenderOptions['image']
}

/**
 * Why an item would not stand in a bank file as it is: printed and read again it is another, or it does not compile.
 * Empty for a sound item. Whatever an importer got wrong ends here, never in a bank.
 */
function checkItem(item: ItemSource, context: CheckContext): readonly Said[] {
  const findings: Finding[] = []
  // several answers in one are for the author to part, in the draft where the item can be seen
  const report: Report = (_, finding) => {
    if (finding.severity === 'error' && !isToPart(finding)) findings.push(finding)
  }
  const read = readAgain(item, context, report)
  if (read?.item.kind === 'item' && read.places && findings.length === 0)
    compileWording(read.item, read.places as ItemPlaces, { locale: context.locale, image: context.image, report })
  if (findings.length > 0) return findings.slice(0, 3).map(said)
  return read?.item.kind === 'item' && canonicalJson(read.item) === canonicalJson(plain(item)) ? [] : [OTHER]
}

const isToPart = ({ message: { key } }: Finding): boolean => key === 'finding.severalAnswers'

/** An item that equals this one if it has no more than what can be written down. */
const plain = (item: ItemSource): unknown => JSON.parse(JSON.stringify(item))

const OTHER = say('exchange.meansAnotherThing')

const said = ({ message, suggestion }: Finding): Said =>
  suggestion ? say('finding.withAdvice', { message, suggestion }) : message

function readAgain(item: ItemSource, { topic, locale }: CheckContext, report: Report): ReadItem | undefined {
  const lines = printItem(item, locale).split('\n')
  const { items, preambleTo } = splitDocument(lines, 0, report)
  const [block, second] = items
  return block && !second && preambleTo === 0 ? readItem(lines, block, topic, report) : undefined
}

/** The id of an item, also of one that cannot be read. */
export const idOf = (item: ItemSource | RawItem): string | undefined =>
  item.kind === 'item' ? item.id : /^## +([a-z][a-z0-9-]*-\d{1,6})(?:\s|$)/.exec(item.text)?.[1]
