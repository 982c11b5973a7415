import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant } from '../../src/kernel/instant.ts'
import { isPassing, logLine, namesOf, SettingsError, ToldError, workLine } from '../../src/platform/log-line.ts'
import { sealOf } from '../../src/world/busy-reason.ts'

const FIELDS = [
  'time',
  'level',
  'event',
  'method',
  'route',
  'status',
  'request',
  'about',
  'reason',
  'error',
  'code',
  'at',
  'cause',
]
const SECRET = 'mArKeD-sEcReT'

describe('a log line', () => {
  it('tells the classes, the constants and the places of an error and its causes', () => {
    const driver = Object.assign(new RangeError(`SQLITE_BUSY: ${SECRET}`), { code: 'SQLITE_BUSY' })
    const line = logLine('work-failed', new TypeError(`Failed query: insert\nparams: ${SECRET}`, { cause: driver }))
    expect(line).toMatchObject({
      level: 'error',
      event: 'work-failed',
      error: 'TypeError',
      cause: { error: 'RangeError', code: 'SQLITE_BUSY' },
    })
    expect(line.at?.[0]).toMatch(/platform\/log-line\.test\.ts:\d+:\d+/)
    expect(namesOf(new Error(SECRET, { cause: driver }))).toBe('Error, RangeError SQLITE_BUSY')
  })

  it('of work that failed on a lock says that the database was busy, as one of a request does', () => {
    const busy = new Error('Failed query', { cause: Object.assign(new Error('locked'), { code: 'SQLITE_BUSY' }) })
    expect(workLine(busy).event).toBe('database-busy')
    expect(workLine(new AggregateError([busy], 'a timer failed', { cause: busy })).event).toBe('database-busy')
    expect(workLine(new Error('other')).event).toBe('work-failed')
  })

  it('of a write that waits for a move is a warning, and an error once whoever serves the database should have gone after it', () => {
    const since = 1_800_000_000_000
    const refused = (seal: string) =>
      new Error('Failed query', { cause: Object.assign(new Error(seal), { code: 'SQLITE_CONSTRAINT' }) })
    const lineAt = (seal: string, now: number) => {
      const { level, event, reason, error } = workLine(refused(seal), instant(now))
      return { level, event, reason, error }
    }
    expect(lineAt(sealOf(since), since + 10_000)).toEqual({
      level: 'warn',
      event: 'database-moving',
      reason: expect.stringContaining('writes wait while the database is moved'),
    })
    const left = { level: 'error', event: 'database-moved-away', reason: expect.stringContaining('restart it') }
    expect(lineAt(sealOf(since), since + 60_001)).toEqual(left)
    // one that an earlier release sealed does not say since when
    expect(lineAt('kentei-sealed', since)).toEqual(left)
    const locked = Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })
    expect(workLine(locked, instant(since))).toMatchObject({ level: 'error', event: 'database-busy' })
    for (const cause of ['database-busy', 'database-moving', 'database-moved-away', 'disk-full'] as const)
      expect(isPassing(cause)).toBe(true)
    for (const cause of ['settings-wrong', 'database-damaged', undefined] as const) expect(isPassing(cause)).toBe(false)
  })

  it('has fields of the list only, and nothing of what an error says, whatever that looks like', () => {
    const shapes = ['', '\n', '\n    at ', '\n    at fake (/x/y.ts:1:1)\n    at ', ': ', ' at async ']
    const said = fc
      .array(fc.oneof(fc.string(), fc.constantFrom(...shapes)))
      .map((parts) => [...parts, SECRET, ...parts, '\n    at SECRETsEcReT (/a/b.ts:1:1)'].join(SECRET))
    fc.assert(
      fc.property(said, said, fc.integer({ min: 0, max: 4 }), (message, other, how) => {
        const cause = Object.assign(new Error(other), { code: other, params: [other] })
        const error = new Error(message, { cause })
        if (how === 1) error.message = other
        if (how === 2) error.name = `${message}`
        if (how === 3) error.stack = `Error: ${other}\n    at ${message} (/a/b.ts:1:1)`
        const line = logLine('request-failed', how === 4 ? message : error)
        expect(JSON.stringify(line)).not.toMatch(/mArKeD|sEcReT/)
        expect(Object.keys(line).filter((field) => !FIELDS.includes(field))).toEqual([])
      }),
    )
  })

  it('tells the reason of an error that was composed to be told, and not that of its subject', () => {
    const line = logLine(
      'key-file-not-usable',
      new ToldError('the keys stay what they were', { cause: new Error(SECRET) }),
    )
    expect(line.reason).toBe('the keys stay what they were')
    expect(JSON.stringify(line)).not.toContain(SECRET)
  })

  it('of a disk that is full or a database that is damaged says what to do, and nothing of the code', () => {
    const failed = (code: string) =>
      workLine(new Error('Failed query', { cause: Object.assign(new Error(SECRET), { code }) }))
    const { time: _, ...full } = failed('SQLITE_FULL')
    expect(full).toEqual({ level: 'error', event: 'disk-full', reason: expect.stringContaining('watch.md#disk') })
    expect(failed('SQLITE_CORRUPT_INDEX')).toMatchObject({ event: 'database-damaged' })
    expect(failed('SQLITE_CONSTRAINT').event).toBe('work-failed')
  })

  it('names settings that are wrong, and nothing of the code that read them', () => {
    const { time: _, ...line } = workLine(new SettingsError('KENTEI_ORIGIN: an origin; KENTEI_KEYS: not JSON'))
    expect(line).toEqual({
      level: 'error',
      event: 'settings-wrong',
      reason: 'KENTEI_ORIGIN: an origin; KENTEI_KEYS: not JSON',
    })
  })
})
