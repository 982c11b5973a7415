import type { Random } from '../../kernel/random.ts'
import { CannotDraw } from '../task-kind.ts'
import type { Content, DeclaredLook, TableBody, TableColumn } from './family.ts'
import { dottedPerson, drawPersons, namesakeOf, type Person, personOf, pick, relativeOf } from './persons.ts'

/** A row while it is drawn: whose it is, and what its cells hold in no format. */
export interface Row {
  readonly id: string
  person: Person
  readonly plain: Record<string, string>
  /** Whether another row is known by it, or it is known by its look, or it is asked about: nothing unknowable is put there. */
  isSpecial: boolean
  /** Columns that a look or a fault has taken. */
  readonly taken: Set<string>
}

const DAY = 86_400_000

function drawDay(from: string, to: string, random: Random): string {
  const days = (Date.parse(to) - Date.parse(from)) / DAY + 1
  return new Date(Date.parse(from) + DAY * random.below(days)).toISOString().slice(0, 10)
}

/** Codes that nobody has yet are drawn so often at most. */
const MOST_TRIES = 100

/** A code that no other row has. @throws when too few are left. */
function drawCode({ prefixes, digits }: Content & { of: 'code' }, random: Random, known: Set<string>): string {
  for (let i = 0; i < MOST_TRIES; i++) {
    // every other one begins with a zero, which is what gets lost
    const number = random.below(10 ** (digits - random.below(2)))
    const code = `${pick(prefixes, random)}${String(number).padStart(digits, '0')}`
    if (known.has(code)) continue
    known.add(code)
    return code
  }
  throw new CannotDraw('too few codes for so many rows')
}

function drawValue({ content }: TableColumn, random: Random, codes: Set<string>): string {
  switch (content.of) {
    case 'date':
      return drawDay(content.from, content.to, random)
    case 'amount':
      return String(
        content.from + content.step * random.below(Math.floor((content.to - content.from) / content.step) + 1),
      )
    case 'code':
      return drawCode(content, random, codes)
    case 'choice':
      return content.values[random.below(content.values.length)] as string
    case 'postal-code':
      // no post office has 000
      return `000${String(random.below(10_000)).padStart(4, '0')}`
    default:
      return ''
  }
}

/** The value of a cell in no format. */
export function plainOf(row: Row, { name, content }: TableColumn): string {
  switch (content.of) {
    case 'serial':
      return row.id
    case 'name':
    case 'kana':
    case 'phone':
    case 'mail':
      return row.person[content.of]
    default:
      return row.plain[name] as string
  }
}

const nameColumn = (body: TableBody): string => body.columns.find(({ content }) => content.of === 'name')?.name ?? ''

const monthEnd = (date: string): string => {
  const [year, month] = date.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}

/** Takes rows that are not special yet. @throws when there are too few. */
function takeRows(rows: readonly Row[], count: number, random: Random): Row[] {
  const found = random.shuffle(rows.filter((row) => !row.isSpecial)).slice(0, count)
  if (found.length < count) throw new CannotDraw('too few rows for what is to stand in them')
  for (const row of found) row.isSpecial = true
  return found
}

/** Two rows of which one is about the other, in the order of the table. */
function takePair(rows: readonly Row[], random: Random): readonly [Row, Row] {
  const [one, other] = takeRows(rows, 2, random) as [Row, Row]
  return rows.indexOf(one) < rows.indexOf(other) ? [one, other] : [other, one]
}

function relative(body: TableBody, rows: readonly Row[], one: Row, random: Random): Person {
  const known = new Set(rows.map(({ person }) => person.name))
  const drawn = random.shuffle(body.people.given).map((given) => relativeOf(one.person, given, random))
  const found = drawn.find(({ name }) => !known.has(name))
  if (!found) throw new CannotDraw('too few given names for a relative')
  return { ...found, phone: one.person.phone }
}

function placeRowLook(body: TableBody, rows: readonly Row[], look: 'same-name' | 'family-phone', random: Random): void {
  const [one, other] = takePair(rows, random)
  other.person = look === 'same-name' ? namesakeOf(one.person, other.person, random) : relative(body, rows, one, random)
}

const DIGITS = /\d+$/

/** A code with the digits of another behind other letters. @throws when there are none, or others have them all. */
function similarCode(rows: readonly Row[], one: Row, column: TableColumn, random: Random): string {
  const code = one.plain[column.name] as string
  const prefixes = column.content.of === 'code' ? column.content.prefixes : []
  const known = new Set(rows.map(({ plain }) => plain[column.name]))
  const open = prefixes.map((prefix) => `${prefix}${DIGITS.exec(code)?.[0]}`).filter((other) => !known.has(other))
  if (open.length === 0) throw new CannotDraw(`too few letters for codes like ${code}`)
  return pick(open, random)
}

/** What a row says, but the day on which it was written down. */
function plainCopy(body: TableBody, from: Row, to: Row): void {
  for (const { name, content } of body.columns) if (content.of !== 'date') to.plain[name] = from.plain[name] as string
  to.person = from.person
}

function placePairs(body: TableBody, rows: readonly Row[], { look, column = '', count }: DeclaredLook, random: Random) {
  const declared = body.columns.find(({ name }) => name === column) as TableColumn
  for (let i = 0; i < count; i++) {
    const [one, other] = takePair(rows, random)
    if (look === 'similar-code') {
      other.plain[column] = similarCode(rows, one, declared, random)
      continue
    }
    const values = declared.content.of === 'choice' ? declared.content.values : []
    const others = values.filter((value) => value !== one.plain[column])
    if (others.length === 0) throw new CannotDraw(`too few values for ${look}`)
    plainCopy(body, one, other)
    other.plain[column] = pick(others, random)
  }
}

/** Rows with other persons, whose names look like mistakes. */
function placeNames(body: TableBody, rows: readonly Row[], { look, count }: DeclaredLook, random: Random): void {
  const { dotted, variants, given } = body.people
  const names = random.shuffle(look === 'middle-dot' ? dotted : variants).slice(0, count)
  if (names.length < count) throw new CannotDraw(`too few names for ${look}`)
  const others = random.shuffle(given)
  for (const [i, row] of takeRows(rows, count, random).entries()) {
    const name = names[i] as (typeof names)[number]
    row.person =
      look === 'middle-dot' ? dottedPerson(name, random) : personOf(name, others[i % others.length] as never, random)
    row.taken.add(nameColumn(body))
  }
}

function placeValues(rows: readonly Row[], { look, column = '', count }: DeclaredLook, random: Random): void {
  // one thing has one price, however often it was entered
  const isOpen = (row: Row) => !row.taken.has(column) && !(look === 'zero' && row.isSpecial)
  const found = random.shuffle(rows.filter(isOpen)).slice(0, count)
  if (found.length < count) throw new CannotDraw(`too few rows for ${look}`)
  for (const row of found) {
    row.taken.add(column)
    if (look === 'month-end') row.plain[column] = monthEnd(row.plain[column] as string)
    else if (look === 'zero') row.plain[column] = '0'
    else row.person = { ...row.person, mail: row.person.mail.replace(/^[a-z]/, (letter) => letter.toUpperCase()) }
  }
}

export interface DrawnRows {
  readonly rows: readonly Row[]
  /** Rows of one person, the earlier one first. */
  readonly duplicates: readonly (readonly [Row, Row])[]
}

const NOBODY: Person = { name: '', kana: '', phone: '', mail: '' }
const isPersonal = ({ content }: TableColumn) => ['name', 'kana', 'phone', 'mail'].includes(content.of)

/** Whose the rows are; a table that speaks of nobody needs no names. */
const rowPersons = (body: TableBody, random: Random): readonly Person[] =>
  body.columns.some(isPersonal)
    ? drawPersons(body.rows, body.people, random)
    : Array.from({ length: body.rows }, () => NOBODY)

/** Draws the rows as they should be, with everything in them that looks wrong and is right. */
export function drawRows(body: TableBody, stream: (purpose: string) => Random): DrawnRows {
  const values = stream('values')
  const serial = body.columns.find(({ content }) => content.of === 'serial')?.content
  const first = serial?.of === 'serial' ? serial.from : 1
  const codes = new Map(body.columns.map(({ name }) => [name, new Set<string>()]))
  const plain = () =>
    body.columns.map((column) => [column.name, drawValue(column, values, codes.get(column.name) as Set<string>)])
  const rows = rowPersons(body, stream('persons')).map(
    (person, i): Row => ({
      id: String(first + i),
      person,
      plain: Object.fromEntries(plain()),
      isSpecial: false,
      taken: new Set(),
    }),
  )
  const random = stream('looks')
  const count = body.faults.filter(({ fault }) => fault === 'duplicate').reduce((sum, fault) => sum + fault.count, 0)
  const duplicates = Array.from({ length: count }, () => {
    const pair = takePair(rows, random)
    plainCopy(body, ...pair)
    return pair
  })
  for (const look of body.looks) {
    if (look.look === 'same-name' || look.look === 'family-phone')
      for (let i = 0; i < look.count; i++) placeRowLook(body, rows, look.look, random)
    else if (look.look === 'similar-code' || look.look === 'other-choice') placePairs(body, rows, look, random)
    else if (look.look === 'variant-kanji' || look.look === 'middle-dot') placeNames(body, rows, look, random)
    else placeValues(rows, look, random)
  }
  return { rows, duplicates }
}
