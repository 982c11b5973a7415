import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// The rules of `npm run check`, run over a house in which every one of them is broken.

const { forbidden } = createRequire(import.meta.url)('../rooms.cjs') as {
  forbidden: readonly { readonly name: string }[]
}

/** For each room, one of which it may neither run nor name anything. */
const rooms: Readonly<Record<string, string>> = {
  kernel: 'world',
  world: 'platform',
  platform: 'item',
  item: 'form',
  task: 'form',
  form: 'attempt',
  authoring: 'attempt',
  attempt: 'flows',
  scoring: 'attempt',
  measurement: 'scoring',
  integrity: 'scoring',
  texts: 'kernel',
  docs: 'form',
  verify: 'kernel',
  credential: 'attempt',
  ranking: 'scoring',
  contract: 'form',
  marketplace: 'item',
  kit: 'item',
  audit: 'item',
  flows: 'web',
  web: 'authoring',
  sandbox: 'item',
  cli: 'sandbox',
  desk: 'flows',
  node: 'flows',
}

/** Likewise for the rooms of the sandbox. */
const sandboxRooms: Readonly<Record<string, string>> = {
  demo: 'people',
  'detector/read': 'detector/judge',
  'detector/judge': 'detector/learn',
  'detector/candidate': 'detector/learn',
  'detector/learn': 'job',
  outbox: 'people',
  play: 'people',
  people: 'job',
  evidence: 'job',
  job: 'review',
  escrow: 'job',
  review: 'job',
  search: 'moderation',
  moderation: 'people',
  notification: 'people',
  seed: 'escrow',
  simulation: 'escrow',
  trust: 'people',
  flows: 'api',
  api: 'pages',
  pages: 'detector/learn',
  past: 'pages',
  commands: 'pages',
}

/** A file with one import, and every rule that this import breaks. */
interface Probe {
  readonly file: string
  readonly imports: string
  readonly typeOnly?: boolean
  readonly breaks: readonly string[]
}

/** What one import of this package, or of this file, breaks. */
const probe = (file: string, imports: string, ...breaks: readonly string[]): Probe => ({
  file: `src/${file}`,
  imports,
  breaks,
})

const probes: readonly Probe[] = [
  ...Object.entries(rooms).flatMap(([room, other]): Probe[] => {
    const also = room === 'verify' ? ['verifier-stands-alone'] : []
    const imports = `src/${other}/target.ts`
    const known = other === 'kernel' ? 'src/kernel/id.ts' : imports
    return [
      { file: `src/${room}/runs.ts`, imports: known, breaks: [`${room}-runs`, ...also] },
      { file: `src/${room}/names.ts`, imports: known, typeOnly: true, breaks: [`${room}-names`, ...also] },
    ]
  }),
  ...Object.entries(sandboxRooms).flatMap(([room, other]): Probe[] => {
    const both = { imports: `src/sandbox/${other}/target.ts`, breaks: [`sandbox-${room}`] }
    return [
      { ...both, file: `src/sandbox/${room}/runs.ts` },
      { ...both, file: `src/sandbox/${room}/names.ts`, typeOnly: true },
    ]
  }),
  probe('form/sixth.ts', 'src/kernel/sixth.ts', 'kernel-is-closed'),
  probe('web/candidate/key.ts', 'src/item/item.ts', 'no-key-in-pages'),
  probe('web/candidate/task-key.ts', 'src/task/task.ts', 'no-task-key-in-pages'),
  probe('web/candidate/island/reaches-out.ts', 'src/kernel/id.ts', 'no-key-in-the-browser'),
  probe('web/candidate/island/other-page.ts', 'src/web/candidate/page.tsx', 'no-key-in-the-browser'),
  probe('web/candidate/types/some-island.ts', 'src/form/form.ts', 'no-key-in-the-browser'),
  probe('worker.ts', 'src/authoring/compiler.ts', 'no-compiler-in-the-worker'),
  probe('node.ts', 'src/sandbox/detector/learn/trainer.ts', 'no-trainer-in-the-service'),
  probe('sandbox/open-detector.ts', 'src/sandbox/detector/learn/trainer.ts', 'no-trainer-in-the-service'),
  probe('dev-worker.ts', 'src/node/open-plays.ts', 'plays-in-the-pair-alone'),
  probe('app.ts', 'src/sandbox/past/invented.ts', 'no-past-in-the-service'),
  probe('form/files.ts', 'node:fs', 'edge-safe'),
  probe('flows/sql.ts', 'drizzle-orm', 'sql-in-stores'),
  probe('flows/driver.ts', '@libsql/client', 'sql-in-stores'),
  probe('verify/files.ts', 'node:fs', 'verifier-stands-alone'),
  probe('flows/inside-verifier.ts', 'src/verify/strict.ts', 'verifier-by-its-name'),
  probe('sandbox/flows/inside-kit.ts', 'src/kit/tokens.ts', 'kit-by-its-name'),
  probe('kit/server.ts', 'hono', 'kit-brings-little', 'hono-at-the-doors'),
  probe('flows/other-tables.ts', 'src/attempt/tables.ts', 'tables-of-a-room'),
  probe('sandbox/review/other-tables.ts', 'src/sandbox/escrow/tables.ts', 'tables-of-a-room'),
  probe('flows/http.ts', 'hono', 'hono-at-the-doors'),
  probe('sandbox/simulation/opens-store.ts', 'src/sandbox/moderation/memory/store.ts', 'simulation-in-memory'),
  probe('sandbox/flows/http.ts', 'hono', 'hono-at-the-doors'),
  ...[
    'web/staff/raw.tsx',
    'web/candidate/raw.tsx',
    'web/api/raw.tsx',
    'sandbox/pages/raw.tsx',
    'platform/page/raw.tsx',
  ].map((file) => probe(file, 'hono/html', 'raw-markup')),
  probe('web/staff/raw-by-another-name.tsx', 'hono/utils/html', 'raw-markup'),
  probe('web/staff/material-page.tsx', 'src/web/ui/material.tsx', 'compiled-html-is-shown-by'),
  probe('web/staff/compiled-page.tsx', 'src/web/ui/compiled.tsx', 'compiled-html-is-shown-by'),
  probe('web/public/entry.ts', 'src/app.ts', 'entries-are-the-top', 'web-runs'),
  probe('web/api/other-door.ts', 'src/web/staff/page.tsx', 'doors-apart'),
  probe('web/staff/desk/desk-page.tsx', 'src/web/candidate/runner/paper-page.tsx', 'desk-shows-the-question'),
  probe('item/circle.ts', 'src/item/round.ts', 'no-circle'),
  // a circle is named once
  probe('item/round.ts', 'src/item/circle.ts'),
  probe('flows/dev.ts', 'fast-check', 'no-dev-dependency'),
  probe('build.ts', 'fast-check', 'no-dev-dependency-of-the-build'),
  probe('flows/tests.ts', 'test/support/world.ts', 'not-to-tests'),
  probe('flows/lost.ts', './nowhere.ts', 'resolvable'),
]

let house: string
beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), 'kentei-house-'))
  await symlink(resolve('node_modules'), join(house, 'node_modules'))
  await mkdir(join(house, 'test'))
  for (const file of ['biome.json', 'test/rooms.cjs', 'package.json', 'tsconfig.json'])
    await copyFile(file, join(house, file))
})
afterAll(() => rm(house, { recursive: true, force: true }))

const run = (program: string, args: readonly string[]) =>
  new Promise<string>((done) =>
    execFile(join('node_modules/.bin', program), args, { cwd: house, maxBuffer: 2 ** 26 }, (_, stdout, stderr) =>
      done(`${stdout}${stderr}`),
    ),
  )

async function write(path: string, source: string): Promise<void> {
  await mkdir(dirname(join(house, path)), { recursive: true })
  await writeFile(join(house, path), source)
}

/** The rules that each file breaks. */
async function brokenRules(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const isOurs = (path: string) => /^(src|test)\//.test(path)
  for (const { imports } of probes) if (isOurs(imports)) await write(imports, 'export {}\n')
  for (const { file, imports, typeOnly } of probes) {
    const path = isOurs(imports) ? relative(dirname(file), imports).replace(/^(?![.])/, './') : imports
    await write(file, typeOnly ? `import type { T } from '${path}'\nexport type U = T\n` : `import '${path}'\n`)
  }
  const { summary } = JSON.parse(await run('depcruise', ['src', '--config', 'test/rooms.cjs', '--output-type', 'json']))
  const broken = new Map<string, Set<string>>()
  for (const { from, rule } of summary.violations) broken.set(from, (broken.get(from) ?? new Set()).add(rule.name))
  return broken
}

describe('the rules of imports', () => {
  it('name every import that breaks one, by the rules that it breaks and no others', async () => {
    const broken = await brokenRules()
    const named = probes.map(({ file }) => [file, [...(broken.get(file) ?? [])].sort()])
    expect(named).toEqual(probes.map(({ file, breaks }) => [file, [...breaks].sort()]))
  })

  it('are each broken here once at least', () => {
    const tried = new Set(probes.flatMap(({ breaks }) => breaks))
    expect(forbidden.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([])
  })

  it('have a row for every room', async () => {
    const folders = async (path: string) =>
      (await readdir(path, { withFileTypes: true })).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    expect((await folders('src')).filter((room) => !(room in rooms))).toEqual([])
    expect((await folders('src/sandbox')).filter((room) => room !== 'detector' && !(room in sandboxRooms))).toEqual([])
    expect((await folders('src/sandbox/detector')).filter((room) => !(`detector/${room}` in sandboxRooms))).toEqual([])
  })
})

describe('the rules of markup', () => {
  it('refuse inner HTML and forms that no policy knows of', async () => {
    await write(
      'src/cli/preview/inner.tsx',
      'export const Inner = ({ text }: { text: string }) => <p dangerouslySetInnerHTML={{ __html: text }} />\n',
    )
    await write('src/sandbox/pages/form.tsx', 'export const Own = () => <form method="post" action="/x" />\n')
    const said = await run('biome', ['lint', '--vcs-enabled=false', 'src'])
    expect(said).toContain('src/cli/preview/inner.tsx')
    expect(said).toContain('lint/security/noDangerouslySetInnerHtml')
    expect(said).toContain('lint/correctness/noRestrictedElements')
  })
})
