import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { printKeys } from '../../src/cli/keys/key-store.ts'
import { announceSeal, sealLog } from '../../src/flows/seal-log.ts'
import { hours, minutes } from '../../src/kernel/instant.ts'
import { rows } from '../support/exam-hall.ts'
import { fakeTerminal } from '../support/fake-terminal.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
const { kentei, out, err } = fakeTerminal(() => w.folder, { now: () => w.clock.now })
const audit = (...args: string[]) => kentei('audit', '--lang=en', ...args)

beforeEach(async () => {
  w = await fixedWorld()
  await writeFile(join(w.folder, 'keys.json'), printKeys(w.world.settings.keys as never), { mode: 0o600 })
})
afterEach(() => w.close())

async function sealed(person: string): Promise<void> {
  await w.launch(person)
  w.clock.advance(minutes(1))
  await sealLog(w.world)
}

it('verifies a log, its signed seal and an export of it, and says what is not sealed yet', async () => {
  await sealed('a')
  expect(await announceSeal(w.world)).toBe(true)
  expect(await announceSeal(w.world)).toBe(false)
  await w.launch('b')
  expect(await audit('verify', '--data', '.')).toBe(0)
  expect(err).toEqual([])
  expect(out.join('\n')).toMatch(/^3 entries, 1 seals, 1 of them confirmed/)
  expect(out.join('\n')).toContain('not sealed yet: 1')
  expect(await audit('export', '--data', '.')).toBe(0)
  const exported = [...out]
  expect(exported.join('\n')).not.toMatch(/"a"|"b"/)
  await writeFile(join(w.folder, 'log.ndjson'), exported.join('\n'))
  expect(await audit('verify', '--from', 'log.ndjson')).toBe(0)
  await writeFile(join(w.folder, 'log.ndjson'), exported.filter((line) => !line.includes('launch.taken')).join('\n'))
  expect(await audit('verify', '--from', 'log.ndjson')).toBe(1)
  expect(err.join('\n')).toMatch(/entry \d+ is missing \(seal 1\)/)
})

it('sends the newest seal out once an hour, and a receiver that wants none is no failure', async () => {
  await sealed('a')
  w.market.spoil = ({ path }) => (path === '/webhooks/kentei' ? new Response(null, { status: 404 }) : undefined)
  expect(await announceSeal(w.world)).toBe(true)
  await w.drain()
  expect(await rows(w, "select status from outbox where kind = 'event'")).toEqual([
    expect.objectContaining({ status: 'delivered' }),
  ])
  w.clock.advance(hours(1))
  expect(await announceSeal(w.world)).toBe(false)
  await sealed('b')
  const sent = await Promise.all([announceSeal(w.world), announceSeal(w.world), announceSeal(w.world)])
  expect(sent.filter(Boolean)).toHaveLength(1)
  expect(await rows(w, 'select * from audit_signatures')).toHaveLength(2)
})

it('tells a log that was cut or written anew by a seal that somebody else kept', async () => {
  await sealed('a')
  await sealed('b')
  await announceSeal(w.world)
  const [{ data }] = await rows(w, "select data from event_log where type = 'audit.sealed'")
  await writeFile(
    join(w.folder, 'kept.json'),
    JSON.stringify({ id: 'evt_1', type: 'audit.sealed', data: JSON.parse(data) }),
  )
  expect(await audit('verify', '--data', '.', '--seal', 'kept.json')).toBe(0)
  for (const { name } of await rows(w, "select name from sqlite_master where type = 'trigger' and name like 'audit_%'"))
    await rows(w, `drop trigger ${name}`)
  await rows(w, 'delete from audit_entries where seq > (select last from audit_seals where number = 1)')
  await rows(w, 'delete from audit_seals where number > 1')
  await rows(w, 'delete from audit_signatures')
  expect(await audit('verify', '--data', '.')).toBe(1)
  expect(err).toEqual(['the triggers that keep the log from being changed are gone, or are others'])
  expect(await audit('verify', '--data', '.', '--seal', 'kept.json')).toBe(1)
  expect(err.join('\n')).toMatch(/the tail was cut off: seal 2/)
  const token = JSON.parse(await readFile(join(w.folder, 'kept.json'), 'utf8')).data.token as string
  await writeFile(join(w.folder, 'forged'), `${token.slice(0, -6)}AAAAAA`)
  expect(await audit('verify', '--data', '.', '--seal', 'forged')).toBe(1)
  expect(err.join('\n')).toContain('the signature does not hold')
})

it('tells that somebody else stands for whom the entries name, or nobody', async () => {
  await sealed('a')
  await sealed('b')
  await w.call('DELETE', '/api/workers/b', { token: await w.market.serviceToken('workers:erase') })
  expect([await audit('verify', '--data', '.'), err]).toEqual([0, []])
  const [{ pseudonym, key }] = await rows(w, "select pseudonym, key from audit_people where person = 'a'")
  await rows(w, "delete from audit_people where person = 'a'")
  expect([await audit('verify', '--data', '.'), err]).toEqual([
    1,
    [`${pseudonym}: whom the log calls so was taken away, without an erasure`],
  ])
  await rows(w, "insert into audit_people (person, pseudonym, key) values ('c', ?, ?)", [pseudonym, key])
  expect([await audit('verify', '--data', '.'), err]).toEqual([
    1,
    [`${pseudonym}: the log calls somebody else so than c`],
  ])
})

it('tells that triggers do less than they did, under the names that they had', async () => {
  await sealed('a')
  await rows(w, 'drop trigger audit_entries_stay')
  await rows(
    w,
    "create trigger audit_entries_stay before delete on audit_entries when 0 begin select raise(abort, 'x'); end",
  )
  expect([await audit('verify', '--data', '.'), err]).toEqual([
    1,
    ['the triggers that keep the log from being changed are gone, or are others'],
  ])
})
