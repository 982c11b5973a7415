import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEmbeddedDatabase } from '../../src/world/open-node.ts'
import { built } from '../support/built.ts'
import { fakeTerminal } from '../support/fake-terminal.ts'
import { folderOfLater } from '../support/folder-of-later.ts'
import { freePort } from '../support/free-port.ts'
import { quickFolder } from '../support/quick-folder.ts'

/** A data folder whose two databases an earlier release made, with other migrations than ours. */
let data: string
beforeEach(async () => {
  data = await mkdtemp(join(quickFolder, 'kentei-earlier-'))
  await mkdir(join(data, 'sandbox'))
  for (const [dump, file] of [
    ['kentei', 'kentei.db'],
    ['sandbox', 'sandbox/sandbox.db'],
  ] as const) {
    const db = new Database(join(data, file))
    db.exec(await readFile(`test/world/earlier-release/${dump}.sql`, 'utf8'))
    db.close()
  }
})
afterEach(() => rm(data, { recursive: true, force: true }))

const refusal = (file: string) =>
  `${join(data, file)} was made by the migrations of another release: move the data folder away, and start with a new one`

/** Everything in a file: its schema and its rows. */
function contentOf(file: string): unknown {
  const db = new Database(join(data, file))
  const schema = db.prepare('select name, sql from sqlite_master order by name').all() as {
    name: string
    sql: string | null
  }[]
  const rows = schema
    .filter(({ sql }) => sql?.startsWith('CREATE TABLE'))
    .map(({ name }) => db.prepare(`select * from "${name}"`).all())
  db.close()
  return { schema, rows }
}

describe.each([
  ['kentei.db', 'migrations'],
  ['sandbox/sandbox.db', 'migrations/sandbox'],
])('%s of an earlier release', (file, migrations) => {
  it('is refused in one line that says what to do, and left as it is', async () => {
    const before = contentOf(file)
    await expect(openEmbeddedDatabase(join(data, file), migrations, 'process')).rejects.toThrow(refusal(file))
    expect(contentOf(file)).toEqual(before)
  })
})

describe('a database that a later release has brought further', () => {
  it.each<[change: string, why: string | undefined]>([
    ['alter table attempts add column room text', undefined],
    ["alter table attempts add column room text not null default ''", undefined],
    ['create table rooms (id text primary key, name text not null)', undefined],
    ['create index attempts_room on attempts (worker)', undefined],
    ['alter table attempts rename column worker to person', 'it has no column worker text of attempts'],
    ['create unique index one_each on attempts (worker)', 'it has the unique index one_each of attempts'],
    [
      "create trigger shut before insert on attempts begin select raise(abort, 'shut'); end",
      'it has the trigger shut of attempts',
    ],
    // what is known asks for more
    [
      'drop index attempts_one_open;--> statement-breakpoint\ncreate unique index attempts_one_open on attempts (worker)',
      'its unique index attempts_one_open of attempts asks for something else',
    ],
    [
      'alter table scored_responses drop column response_ms;--> statement-breakpoint\nalter table scored_responses add column response_ms integer not null default 0',
      'its column response_ms integer of scored_responses asks for something else',
    ],
    ['alter table attempts add column room text check (length(room) > 3)', 'it has the checks of attempts'],
  ])('is used by this one where nothing that was added refuses what it writes: %s', async (change, why) => {
    const file = join(data, 'later.db')
    const first = await openEmbeddedDatabase(file, 'migrations', 'process')
    expect(await first.standing()).toBe('known')
    const later = await folderOfLater(join(data, 'migrations'), change)
    // the later release starts, and what is open already sees it
    await (await openEmbeddedDatabase(file, later, 'process')).close()
    expect(await first.standing()).toBe(why === undefined ? 'later' : 'newer')
    await first.close()
    const again = openEmbeddedDatabase(file, 'migrations', 'process')
    if (why === undefined) await (await again).close()
    else await expect(again).rejects.toThrow(`and this one cannot use it (${why})`)
    // the upgrade after it does nothing twice
    const upgraded = await openEmbeddedDatabase(file, later, 'process')
    expect(await upgraded.standing()).toBe('known')
    await upgraded.close()
  })
})

it('a command refuses the data of an earlier release in one line', async () => {
  for (const command of ['audit verify', 'sessions end --worker w-1 --why x']) {
    const { kentei, err } = fakeTerminal(() => data)
    expect([command, await kentei(...command.split(' '), '--lang=en', '--data', data), err]).toEqual([
      command,
      2,
      [`kentei: ${refusal('kentei.db')}`],
    ])
  }
})

it('the service refuses the data of an earlier release, of either database, in one line', async () => {
  await built()
  await cp('test/support/tiny-exam', join(data, 'exams/tiny'), { recursive: true })
  const start = async () => {
    const env = {
      ...process.env,
      PORT: String(await freePort()),
      SANDBOX_PORT: String(await freePort()),
      DATA_DIR: data,
      DEMO_PAST: 'none',
      EXAMS_DIR: join(data, 'exams'),
    }
    const service = spawn(process.execPath, ['dist/node.mjs'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let printed = ''
    for (const stream of [service.stdout, service.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (printed += text))
    const [code] = await once(service, 'close')
    return [code, printed]
  }
  expect(await start()).toEqual([
    1,
    `kentei: the marketplace's data in ${data}/sandbox cannot be opened: ${refusal('sandbox/sandbox.db')}\n`,
  ])
  await rm(join(data, 'sandbox'), { recursive: true })
  expect(await start()).toEqual([1, `kentei: the data in ${data} cannot be opened: ${refusal('kentei.db')}\n`])
})
