import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Where the picture stands. */
export const ROOMS_PICTURE = 'src/docs/img/rooms.svg'

/** What a file brings in; `import type` names and does not run. */
const IMPORT =
  /^(?:import|export)\s+(?<type>type\s)?[^'";]*?from\s+'(?<from>[^']+)'|^import\s+'(?<effect>[^']+)'|\bimport\('(?<later>[^']+)'\)/gm

/** `runs` code of another room, or only `names` its types. */
type Use = 'runs' | 'names'

/** The room that a path lies in; an entry is in none. */
const roomOf = (path: string): string | undefined => /^src\/([^/?]+)(?=[/?])/.exec(path)?.[1]

function importedRoom(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('@kentei/verify')) return 'verify'
  if (specifier.startsWith('@kentei/marketplace')) return 'kit'
  // a program for browsers is text to whoever sends it
  if (specifier.endsWith('?programs')) return undefined
  return specifier.startsWith('.') ? roomOf(join(dirname(file), specifier)) : undefined
}

/** Which room uses which, as the code is. */
async function readUses(): Promise<ReadonlyMap<string, ReadonlyMap<string, Use>>> {
  const files = (await readdir('src', { recursive: true }))
    .map((name) => `src/${name}`)
    .filter((file) => /[.]tsx?$/.test(file) && !file.includes('/examples/'))
  const uses = new Map<string, Map<string, Use>>()
  for (const file of files.sort()) {
    const room = roomOf(file)
    if (room === undefined) continue
    const own = uses.get(room) ?? new Map<string, Use>()
    uses.set(room, own)
    for (const { groups = {} } of (await readFile(file, 'utf8')).matchAll(IMPORT)) {
      const other = importedRoom(file, groups.from ?? groups.effect ?? groups.later ?? '')
      if (other !== undefined && other !== room && own.get(other) !== 'runs')
        own.set(other, groups.type ? 'names' : 'runs')
    }
  }
  for (const other of [...uses.values()].flatMap((own) => [...own.keys()]))
    if (!uses.has(other)) uses.set(other, new Map())
  return uses
}

/** The rooms from the top down: each before those that it runs; by name where nothing says which comes first. @throws where they run in a circle. */
export function fromTheTop(uses: ReadonlyMap<string, ReadonlyMap<string, Use>>): string[] {
  const order: string[] = []
  while (order.length < uses.size) {
    const left = [...uses.keys()].filter((room) => !order.includes(room)).sort()
    const next = left.find((room) => left.every((other) => uses.get(other)?.get(room) !== 'runs'))
    if (next === undefined) throw new Error(`rooms run each other in a circle: ${left.join(', ')}`)
    order.push(next)
  }
  return order
}

const CELL = 22
const LABEL = 104
const STYLE = [
  'svg { color-scheme: light dark; background: light-dark(#fff, #1b1e26); }',
  'text { font: 13px system-ui, sans-serif; fill: light-dark(#262b3a, #e9eaf0); }',
  'line { stroke: light-dark(#e0e2e8, #3b3f4b); }',
  '.own { fill: light-dark(#eceef3, #2b303c); }',
  '.runs { fill: light-dark(#1f3f82, #9db7ee); }',
  '.names { fill: none; stroke: light-dark(#1f3f82, #9db7ee); }',
].join('\n')

/** The picture: a row for each room, and a mark in the column of each room that it uses. */
export async function drawRooms(): Promise<string> {
  const uses = await readUses()
  const rooms = fromTheTop(uses)
  const at = (index: number): number => LABEL + index * CELL
  const end = at(rooms.length)
  const size = end + 1
  const middle = (index: number): number => at(index) + CELL / 2
  const labels = rooms.flatMap((room, i) => [
    `<text x="${LABEL - 8}" y="${middle(i) + 4}" text-anchor="end">${room}</text>`,
    `<text transform="translate(${middle(i) + 4} ${LABEL - 8}) rotate(-90)">${room}</text>`,
  ])
  const lines = [LABEL, ...rooms.map((_, i) => at(i + 1))].flatMap((to) => [
    `<line x1="${LABEL}" y1="${to}" x2="${end}" y2="${to}"/>`,
    `<line x1="${to}" y1="${LABEL}" x2="${to}" y2="${end}"/>`,
  ])
  const own = rooms.map((_, i) => `<rect class="own" x="${at(i)}" y="${at(i)}" width="${CELL}" height="${CELL}"/>`)
  const marks = rooms.flatMap((room, row) =>
    rooms.flatMap((other, column) => {
      const use = uses.get(room)?.get(other)
      return use
        ? [
            `<circle class="${use}" cx="${middle(column)}" cy="${middle(row)}" r="5"><title>${room} ${use} ${other}</title></circle>`,
          ]
        : []
    }),
  )
  const parts = [`<style>${STYLE}</style>`, ...own, ...lines, ...labels, ...marks]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size}" height="${size}" role="img">\n${parts.join('\n')}\n</svg>\n`
}
