import { isRecord } from '../../item/types/choice-list.ts'
import { type Duration, seconds } from '../../kernel/instant.ts'
import type { Entries, TaskField } from '../../task/present.ts'

/**
 * Process data of one task of a paper: how much its response changed when, in buckets of time, and which files were read into
 * it. No text and no key that was pressed. It is for people who look into a case, never for a score.
 */
export interface ProcessData {
  /** Length of a bucket in seconds: 10, and twice that each time that the data would no longer fit. */
  readonly width: number
  /** Buckets in which something happened, in order. */
  readonly buckets: readonly Bucket[]
  /** The latest files. */
  readonly uploads: readonly Upload[]
}

/** What one save changed. */
export interface Change {
  /** Fields that hold something else than before. Over several saves, a field counts with each. */
  readonly fields: number
  /** Characters (UTF-16 units) that came in and that went out, between the first and the last difference of each field. */
  readonly came: number
  readonly went: number
}

export interface Bucket extends Change {
  /** The bucket begins this many widths after the start of the attempt. */
  readonly at: number
  /** The longest piece that came in at once, in characters; undefined where no page told it. */
  readonly longest?: number
  /** Whether the page was out of sight since the save before. */
  readonly isHidden: boolean
}

/** A file that was read into the work. */
export interface Upload {
  readonly name: string
  /** Rows of it that are rows of the work. */
  readonly rows: number
  /** Fields that were changed by it. */
  readonly changes: number
}

/** What a page alone can know of the work since the save before. */
export type Observed = Required<Pick<Bucket, 'longest' | 'isHidden'>>

const WIDTH = 10
/** Of the packed form. */
export const MOST_BYTES = 6 * 1024
const MOST_COUNT = 999_999
const MOST_UPLOADS = 8
const LONGEST_NAME = 40

export const NO_PROCESS_DATA: ProcessData = { width: WIDTH, buckets: [], uploads: [] }

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const capped = (count: number): number => Math.min(count, MOST_COUNT)

/** Reads what a page says it saw: `{longest: characters, hidden: boolean}`. Undefined of anything else, which is no reason to refuse a save. */
export function readObserved(input: unknown): Observed | undefined {
  if (!isRecord(input) || !isCount(input.longest)) return undefined
  return { longest: capped(input.longest), isHidden: input.hidden === true }
}

/** How many characters two texts begin with alike, at most so many. */
function alike(a: string, b: string, most: number): number {
  let count = 0
  while (count < most && a[count] === b[count]) count += 1
  return count
}

/** How many characters two texts end with alike, at most so many. */
function alikeAtEnd(a: string, b: string, most: number): number {
  let count = 0
  while (count < most && a[a.length - 1 - count] === b[b.length - 1 - count]) count += 1
  return count
}

/** What differs between two states of the fields of a task. Linear in the length of what was written. */
export function changeBetween(fields: readonly TaskField[], before: Entries, after: Entries): Change {
  let changed = 0
  let came = 0
  let went = 0
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (before[name] === after[name]) continue
    // few differ, of hundreds of fields
    const initial = fields.find((field) => field.name === name)?.initial ?? ''
    const was = before[name] ?? initial
    const is = after[name] ?? initial
    const shorter = Math.min(was.length, is.length)
    const start = alike(was, is, shorter)
    const end = alikeAtEnd(was, is, shorter - start)
    changed += 1
    came += is.length - start - end
    went += was.length - start - end
  }
  return { fields: changed, came, went }
}

const longestOf = (a: Bucket, b: Bucket): Pick<Bucket, 'longest'> =>
  a.longest === undefined && b.longest === undefined ? {} : { longest: Math.max(a.longest ?? 0, b.longest ?? 0) }

const joined = (a: Bucket, b: Bucket): Bucket => ({
  at: a.at,
  fields: capped(a.fields + b.fields),
  came: capped(a.came + b.came),
  went: capped(a.went + b.went),
  ...longestOf(a, b),
  isHidden: a.isHidden || b.isHidden,
})

/** Puts a bucket at its place, into the one that is there already. */
function placed(buckets: readonly Bucket[], bucket: Bucket): Bucket[] {
  const before = buckets.filter(({ at }) => at < bucket.at)
  const same = buckets.find(({ at }) => at === bucket.at)
  const after = buckets.filter(({ at }) => at > bucket.at)
  return [...before, same ? joined(same, bucket) : bucket, ...after]
}

/** The same in buckets twice as wide. */
const halved = ({ width, buckets, uploads }: ProcessData): ProcessData => ({
  width: width * 2,
  buckets: buckets.reduce<Bucket[]>((wider, bucket) => placed(wider, { ...bucket, at: Math.floor(bucket.at / 2) }), []),
  uploads,
})

const sizeOf = (data: ProcessData): number => new TextEncoder().encode(packProcessData(data)).length

/** A file's name as it is kept: without folders and what cannot be seen, and cut. */
const keptName = (name: string): string =>
  [...(name.normalize('NFC').split(/[/\\]/).at(-1) ?? '').replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim()]
    .slice(0, LONGEST_NAME)
    .join('')

const kept = ({ name, rows, changes }: Upload): Upload => ({
  name: keptName(name),
  rows: capped(rows),
  changes: capped(changes),
})

export interface NotedSave {
  /** Since the start of the attempt. */
  readonly after: Duration
  readonly change: Change
  readonly observed?: Observed | undefined
  readonly upload?: Upload | undefined
}

/** Process data with one more save in it. Where it would outgrow its bound, buckets become wider. */
export function withSave(data: ProcessData, { after, change, observed, upload }: NotedSave): ProcessData {
  const at = Math.max(0, Math.floor(after / seconds(data.width)))
  const { fields, came, went } = change
  const bucket = { at, fields, came: capped(came), went: capped(went), isHidden: false, ...observed }
  let noted: ProcessData = {
    width: data.width,
    buckets: placed(data.buckets, bucket),
    uploads: upload ? [...data.uploads, kept(upload)].slice(-MOST_UPLOADS) : data.uploads,
  }
  while (sizeOf(noted) > MOST_BYTES) noted = halved(noted)
  return noted
}

/** As it is stored: numbers in lists, some 20 bytes a bucket. */
export const packProcessData = ({ width, buckets, uploads }: ProcessData): string =>
  JSON.stringify([
    width,
    buckets.map(({ at, fields, came, went, longest, isHidden }) => [
      at,
      fields,
      came,
      went,
      longest ?? null,
      isHidden ? 1 : 0,
    ]),
    uploads.map(({ name, rows, changes }) => [name, rows, changes]),
  ])

type Packed = [
  width: number,
  buckets: [at: number, fields: number, came: number, went: number, longest: number | null, isHidden: 0 | 1][],
  uploads: [name: string, rows: number, changes: number][],
]

export function unpackProcessData(text: string): ProcessData {
  const [width, buckets, uploads] = JSON.parse(text) as Packed
  return {
    width,
    buckets: buckets.map(([at, fields, came, went, longest, isHidden]) => ({
      at,
      fields,
      came,
      went,
      ...(longest === null ? {} : { longest }),
      isHidden: isHidden === 1,
    })),
    uploads: uploads.map(([name, rows, changes]) => ({ name, rows, changes })),
  }
}
