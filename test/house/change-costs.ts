import { glob, readFile } from 'node:fs/promises'
import type { Call } from '../../src/contract/call.ts'
import { calls } from '../../src/contract/kentei/calls.ts'
import type { Problem } from '../../src/kernel/problem.ts'

// What a change costs: the files that it touches, counted in the code as it stands. `npm run check` prints them, and fails
// where there are more than the house allows.

interface Cost {
  readonly change: string
  /** Files of the dearest one of its kind. */
  readonly files: readonly string[]
  readonly most: number
}

async function read(...patterns: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const pattern of patterns) for await (const path of glob(pattern)) found.set(path, await readFile(path, 'utf8'))
  return found
}

const naming = (files: ReadonlyMap<string, string>, text: string | RegExp): string[] =>
  [...files]
    .filter(([, content]) => (typeof text === 'string' ? content.includes(text) : text.test(content)))
    .map(([path]) => path)

const dearest = (kinds: readonly (readonly string[])[]): readonly string[] =>
  [...kinds].sort((a, b) => b.length - a.length)[0] ?? []

/** The modules that `toys.test.ts` adds; a control and its island are one thought, and so are the sentences of both languages. */
async function itemType(): Promise<Cost> {
  const modules = [...(await read('test/house/toy-type/*.txt')).keys()].filter((path) => !path.endsWith('walk.ts.txt'))
  return {
    change: 'an item type',
    files: [...modules.filter((path) => !path.includes('island')), 'src/texts'],
    most: 4,
  }
}

/** What `toys.test.ts` adds: the folder of a kind in a room is one thought, whatever its files are. */
async function taskKind(): Promise<Cost> {
  const test = await readFile('test/house/toys.test.ts', 'utf8')
  const modules = [...test.matchAll(/^ {2}'([\w/.-]+)': 'toy-kind\//gm)].map(([, path = '']) =>
    path.replace(/\/toy\/.*$/, '/toy'),
  )
  return { change: 'a kind of task', files: [...new Set(modules), 'src/texts'], most: 4 }
}

/** The call's definition, and the routers that serve it by its name. What is served by hand, as its signature comes first, is not counted. */
async function apiCall(): Promise<Cost> {
  const routers = await read('src/web/api/*.ts')
  const each: string[][] = []
  for await (const definition of glob('src/contract/kentei/*.ts'))
    for (const [name, call] of Object.entries(await import(`../../${definition}`)))
      if (calls.includes(call as Call<Problem['code']>))
        each.push([
          definition,
          ...naming(routers, new RegExp(`serv(?:e|ing\\([^)]*\\))\\(\\s*(?:contract[.])?${name}\\b`)),
        ])
  if (each.filter(({ length }) => length > 1).length < 40) throw new Error('the routes of the calls were not found')
  return { change: 'an API call', files: dearest(each), most: 2 }
}

/** The sheets in which a colour of the tokens stands by its value. What other people's pages show brings its own. */
async function colour(): Promise<Cost> {
  const sheets = await read('src/{web,platform,sandbox}/**/*.css')
  for (const path of sheets.keys()) if (path.includes('/badge/')) (sheets as Map<string, string>).delete(path)
  const [tokens] = [...sheets].filter(([path]) => path.endsWith('/tokens.css'))
  const values = new Set(tokens?.[1].match(/#[0-9a-f]{6}\b|oklch\([^)]*\)/g) ?? [])
  if (values.size < 10) throw new Error('the tokens of colours were not found')
  return { change: 'a colour', files: dearest([...values].map((value) => naming(sheets, value))), most: 1 }
}

/** Tables by the statuses of a certificate, which the compiler asks to fill, besides the union itself. */
async function certificateStatus(): Promise<Cost> {
  const code = await read('src/{credential,contract,flows,web,sandbox}/**/*.{ts,tsx}')
  return {
    change: 'a status of a certificate (its union, and tables that name it)',
    files: naming(code, /Record<CredentialStatus,|enum\(\['active', 'suspended', 'revoked', 'expired'\]\)/),
    most: 8,
  }
}

/** Where the waits between tries stand. */
async function retrySchedule(): Promise<Cost> {
  return { change: 'a retry schedule', files: naming(await read('src/**/*.ts'), /const RETRY_WAITS\b/), most: 1 }
}

const costs = await Promise.all([itemType(), taskKind(), apiCall(), colour(), certificateStatus(), retrySchedule()])
for (const { change, files, most } of costs)
  console.log(`${String(files.length).padStart(2)} of at most ${most}  ${change}`)
const dear = costs.filter(({ files, most }) => files.length > most || files.length === 0)
for (const { change, files } of dear) console.error(`${change}: ${files.join(', ')}`)
if (dear.length > 0) process.exitCode = 1
