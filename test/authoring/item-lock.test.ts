import { describe, expect, it } from 'vitest'
import { compileExam } from '../../src/authoring/compile-exam.ts'
import {
  compareWithLock,
  historyOf,
  type ItemLock,
  localeStates,
  nextVersion,
  printLock,
  readLock,
  reusesRetiredId,
  updateLock,
} from '../../src/authoring/item-lock.ts'
import type { Item } from '../../src/item/item.ts'
import { bankMd, filesOf, firstItem, NOW, rulesOf, SINGLE } from '../support/bank-fixture.ts'

const pilled = (pills: string, text = SINGLE) => text.replace('`単一`', `\`単一\` ${pills}`)
const item = (pills = '', text = SINGLE) => firstItem(pilled(pills, text))
const changed = SINGLE.replace('いつも', 'いつでも')
const published = (...lives: readonly Item[]): ItemLock =>
  lives.reduce((lock, one, day) => updateLock(lock, [one], `2026-11-0${day + 1}`), {} as ItemLock)
const whats = (lock: ItemLock) => historyOf(lock, 'office-001').map(({ what, on, v }) => [what, on, v])

describe('the lock', () => {
  it('keeps every version, and says what happened and when', () => {
    const lock = published(item('`控え`'), item(), item('`v2`', changed), item('`v2` `廃止`', changed))
    expect(whats(lock)).toEqual([
      ['new', '2026-11-01', 1],
      ['woken', '2026-11-02', 1],
      ['reworded', '2026-11-03', 2],
      ['retired', '2026-11-04', 2],
    ])
    const hashes = historyOf(lock, 'office-001').map(({ hash }) => hash.ja)
    expect(hashes[0]).toBe(hashes[1])
    expect(hashes[1]).not.toBe(hashes[2])
  })

  it('stays as it is while nothing happens, and takes no draft', () => {
    const once = published(item())
    expect(updateLock(once, [item()], '2027-01-01')).toEqual(once)
    expect(updateLock(once, [item('`下書き`', changed)], '2027-01-01')).toEqual(once)
    expect(published(item('`下書き`'))).toEqual({})
    // a change that the check refuses is not recorded behind its back
    expect(updateLock(once, [item('', changed)], '2027-01-01')).toEqual(once)
  })

  it('notes a locale that comes later', () => {
    const both = { ...item(), wordings: { ...item().wordings, en: item().wordings.ja } } as Item
    expect(whats(published(item(), both))).toEqual([
      ['new', '2026-11-01', 1],
      ['translated', '2026-11-02', 1],
    ])
    expect(localeStates(both, historyOf(published(item()), 'office-001'))).toEqual({ ja: 'same', en: 'new' })
    // the translation goes back to being a draft: nothing changes for the others
    expect(compareWithLock(item(), historyOf(published(both), 'office-001'))).toBe('same')
    expect(localeStates(item(), historyOf(published(both), 'office-001'))).toEqual({ ja: 'same', en: 'gone' })
  })

  it('knows what was published under each number, also below the last one', () => {
    const history = historyOf(published(item(), item('`v3`', changed)), 'office-001')
    expect(compareWithLock(item(), history)).toBe('same')
    expect(compareWithLock(item('', changed), history)).toBe('changed')
    expect(compareWithLock(item('`v2`'), history)).toBe('older')
    expect(compareWithLock(item('`v4`'), history)).toBe('new')
    expect(nextVersion(history)).toBe(4)
  })

  it('is read back as it was printed', () => {
    const lock = published(item(), item('`v2`', changed))
    expect(readLock(printLock(lock))).toEqual(lock)
    expect(readLock(new TextEncoder().encode(printLock({})))).toEqual({})
  })

  it('reads a lock of the first format, and fills in the status with the next publication', () => {
    const hash = historyOf(published(item()), 'office-001')[0]?.hash
    const old = readLock(JSON.stringify({ lock: 1, items: { 'office-001': { v: 1, hash } } })) as ItemLock
    expect(old).toEqual({ 'office-001': [{ v: 1, hash }] })
    expect(compareWithLock(item(), historyOf(old, 'office-001'))).toBe('same')
    expect(compareWithLock(item('', changed), historyOf(old, 'office-001'))).toBe('changed')
    expect(updateLock(old, [item()], '2026-11-24')).toEqual({ 'office-001': [{ v: 1, status: 'live', hash }] })
    expect(whats(updateLock(old, [item('`廃止`')], '2026-11-24'))).toEqual([
      [undefined, undefined, 1],
      ['retired', '2026-11-24', 1],
    ])
  })

  it('knows no item by the name of a property that every object has', () => {
    expect(historyOf({}, 'constructor')).toEqual([])
  })
})

describe('a retired id', () => {
  const lock = published(item(), item('`廃止`'))
  const check = (text: string) =>
    rulesOf(
      compileExam([...filesOf(text), { path: 'items.lock.json', content: printLock(lock) }], { now: NOW }).diagnostics,
    )

  it('is never another item’s, not even of a draft or a new version', () => {
    for (const pills of ['', '`下書き`', '`v2`', '`控え`', '`試験導入`'])
      expect(check(pilled(pills, changed)), pills).toContain('item/retired-id')
  })

  it('may stay retired, come back as it was, or be gone', () => {
    expect(check(pilled('`廃止`', changed))).not.toContain('item/retired-id')
    expect(check(SINGLE)).toEqual([])
    expect(check(SINGLE.replace('office-001', 'office-002'))).toEqual([])
    expect(whats(updateLock(lock, [item()], '2026-12-01')).at(-1)).toEqual(['revived', '2026-12-01', 1])
    expect(reusesRetiredId(item(), historyOf(lock, 'office-001'))).toBe(false)
  })
})

describe('a published item that is in no file', () => {
  const lockFile = { path: 'items.lock.json', content: printLock(published(item())) }
  const vanished = (files: Parameters<typeof compileExam>[0]) =>
    compileExam([...files, lockFile], { now: NOW }).diagnostics.filter(({ rule }) => rule === 'item/vanished')

  it('is an error at its line of the lock', () => {
    expect(vanished(filesOf(SINGLE.replace('office-001', 'office-002')))).toMatchObject([
      { severity: 'error', file: 'items.lock.json', line: 4 },
    ])
  })

  it('is not one that merely cannot be read', () => {
    expect(vanished(filesOf(SINGLE.replace('- [x]', '- [ｘ]')))).toEqual([])
    expect(vanished([...filesOf(''), { path: 'mail.ja.md', content: 'no frontmatter' }])).toEqual([])
    expect(vanished(filesOf(bankMd('')))).toHaveLength(1)
  })
})
