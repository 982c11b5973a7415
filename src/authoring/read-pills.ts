import type { ItemType, Locale } from '../item/item.ts'
import type { ItemDefaults, Pills } from './bank-source.ts'
import { error, type Report, warning } from './diagnostic.ts'
import { PILL_FORMS, PILL_WORDS } from './keywords.data.ts'
import { foldWord, readLevel, readStatus } from './keywords.ts'
import { say } from './said.ts'
import { readType, writtenTypeOf } from './written-types.ts'

/** The pills of an item as far as they could be read; `type` is absent when none was given. */
export type ReadPills = Omit<Pills, 'type'> & {
  readonly type?: ItemType
  readonly length?: { readonly min: number; readonly max: number }
}

type Field = keyof ReadPills

const PILL_LINE = /^\s*(?:`[^`]+`[ \t\u3000]*)+$/

/** Whether a line is nothing but inline code. */
export const isPillLine = (line: string): boolean => line.includes('`') && PILL_LINE.test(line)

const REVIEW_DATE = /^(\d{4})-(\d{2})-(\d{2})$/

export function isCalendarDay(text: string): boolean {
  if (!REVIEW_DATE.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

type OnePill = { readonly field: Field; readonly value: unknown } | undefined

const positive = (field: Field, digits: string, factor = 1): OnePill =>
  Number(digits) > 0 ? { field, value: Number(digits) * factor } : undefined

/** The same few words stand on thousands of items. */
const known = new Map<string, OnePill>()
const MOST_KNOWN = 4_000

/** Reads one pill in either language; undefined when it is none. */
function readPill(written: string): OnePill {
  const before = known.get(written)
  if (before) return before
  const pill = recognise(written)
  if (pill && known.size < MOST_KNOWN) known.set(written, pill)
  return pill
}

const isSpelling = (words: Readonly<Record<Locale, string>>, word: string): boolean =>
  Object.values(words).includes(word)

function recognise(written: string): OnePill {
  const word = foldWord(written)
  const type = readType(word)
  if (type) return { field: 'type', value: type }
  const status = readStatus(word)
  if (status) return { field: 'status', value: status }
  const level = readLevel(word)
  if (level) return { field: 'level', value: level }
  for (const field of ['partial', 'fixed'] as const)
    if (isSpelling(PILL_WORDS[field], word)) return { field, value: true }
  return readMeasure(word) ?? readNamed(word)
}

function readMeasure(word: string): OnePill {
  const points = PILL_FORMS.points.exec(word)
  if (points) return positive('points', points[1] as string)
  const seconds = PILL_FORMS.seconds.exec(word)
  if (seconds) return positive('seconds', seconds[1] as string)
  const minutes = PILL_FORMS.minutes.exec(word)
  if (minutes) return positive('seconds', minutes[1] as string, 60)
  const difficulty = PILL_FORMS.difficulty.exec(word)
  if (difficulty) return { field: 'difficulty', value: Number(difficulty[1]) }
  const version = /^v(\d{1,6})$/.exec(word)
  if (version) return positive('version', version[1] as string)
  const length = PILL_FORMS.length.exec(word)
  const [min, max] = [Number(length?.[1]), Number(length?.[2])]
  return length && min >= 1 && min <= max ? { field: 'length', value: { min, max } } : undefined
}

const NAMED = ['skill', 'reviewBy', 'enemy', 'lang'] as const

function readNamed(word: string): OnePill {
  const named = /^([^:]+):\s*(\S.*)$/.exec(word)
  if (!named) return undefined
  const value = (named[2] as string).trim()
  const name = NAMED.find((one) => isSpelling(PILL_WORDS[one], named[1] as string))
  switch (name) {
    case 'skill':
      return /^[a-z0-9][a-z0-9._-]{0,63}$/.test(value) ? { field: 'skill', value } : undefined
    case 'reviewBy':
      return isCalendarDay(value) ? { field: 'reviewBy', value } : undefined
    case 'enemy':
      return /^[a-z0-9-]+(\s*[,、]\s*[a-z0-9-]+)*$/.test(value)
        ? { field: 'enemies', value: value.split(/\s*[,、]\s*/) }
        : undefined
    case 'lang':
      return /^[a-z]+(-[a-z]+)*$/.test(value) ? { field: 'lang', value } : undefined
    case undefined:
      return undefined
    default:
      return name satisfies never
  }
}

/** Reads the pill lines `from`..`to` (0-based, half open). */
export function readPills(lines: readonly string[], from: number, to: number, report: Report): ReadPills {
  const read: Record<string, unknown> = { enemies: [], partial: false, fixed: false }
  const seen = new Set<string>()
  for (let i = from; i < to; i++) {
    for (const match of (lines[i] as string).matchAll(/`([^`]+)`/g)) {
      const at = { line: i + 1, column: match.index + 2 }
      const pill = readPill(match[1] as string)
      if (!pill) {
        report(
          at,
          error('pill/unknown', say('finding.pillUnknown', { word: match[1] as string }), say('advice.checkPill')),
        )
        continue
      }
      if (pill.field === 'enemies') read.enemies = [...(read.enemies as string[]), ...(pill.value as string[])]
      else if (seen.has(pill.field))
        report(at, error('pill/twice', say('finding.pillTwice', { word: match[1] as string }), say('advice.keepOne')))
      else read[pill.field] = pill.value
      seen.add(pill.field)
    }
  }
  if (read.partial && read.type !== undefined && !writtenTypeOf(read.type as ItemType).takesPartial)
    report(
      { line: from + 1, column: 1 },
      warning('pill/unused', say('finding.partialUnused'), say('advice.partialOrMultiple')),
    )
  return read as unknown as ReadPills
}

/** The `defaults` of a bank's frontmatter, each written as its pill would be; problems are reported through `refuse`. */
export function readDefaults(
  written: Readonly<Record<string, string | number>>,
  refuse: (key: string) => void,
): ItemDefaults {
  const defaults: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(written)) {
    const pill = readPill(defaultAsPill(key, value))
    if (!pill || pill.field === 'length' || pill.field === 'type' || pill.field === 'enemies') refuse(key)
    else defaults[pill.field] = pill.value
  }
  return defaults as ItemDefaults
}

function defaultAsPill(key: string, value: string | number): string {
  switch (key) {
    case 'points':
      return typeof value === 'number' ? `${value}pt` : value
    case 'time':
      return typeof value === 'number' ? `${value}s` : value
    case 'v':
      return typeof value === 'number' ? `v${value}` : value
    case 'difficulty':
      return typeof value === 'number' ? `difficulty ${value}` : value
    case 'status':
    case 'level':
      return String(value)
    default:
      return `${key}:${value}`
  }
}
