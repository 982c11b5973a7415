import type { Hono } from 'hono'
import type { WebEnv } from '../../src/web/web-env.ts'

/** What a page may be asked about, in the database that it is measured on. */
export interface Subjects {
  readonly exam: string
  readonly item: string
  /** Two versions of the exam that were live. */
  readonly versions: readonly [string, string]
  readonly proposal: string
  readonly credential: string
  /** A certificate about which a concern waits. */
  readonly doubted: string
  readonly worker: string
  /** A day in the middle of the history, as `2026-11-25`. */
  readonly before: string
}

/** A page of staff by the route that shows it, asked in one of the ways in which it can be asked. */
interface StaffPage {
  readonly name: string
  readonly route: string
  readonly path: (of: Subjects) => string
}

export const staffPages: readonly StaffPage[] = [
  { name: 'today', route: '/staff', path: () => '/staff' },
  { name: 'today of ninety days', route: '/staff', path: ({ exam }) => `/staff?days=90&exam=${exam}&language=ja` },
  { name: 'measured items', route: '/staff/items', path: () => '/staff/items' },
  { name: 'deliveries', route: '/staff/deliveries', path: () => '/staff/deliveries' },
  { name: 'deliveries that are dead', route: '/staff/deliveries', path: () => '/staff/deliveries?status=dead' },
  { name: 'deliveries that wait', route: '/staff/deliveries', path: () => '/staff/deliveries?status=pending' },
  { name: 'desks', route: '/staff/desk', path: () => '/staff/desk' },
  { name: 'a desk', route: '/staff/desk/:exam', path: ({ exam }) => `/staff/desk/${exam}` },
  {
    name: 'a draft to hand in',
    route: '/staff/desk/:exam/hand-in',
    path: ({ exam }) => `/staff/desk/${exam}/hand-in`,
  },
  { name: 'a new item', route: '/staff/desk/:exam/new', path: ({ exam }) => `/staff/desk/${exam}/new` },
  { name: 'an import', route: '/staff/desk/:exam/import', path: ({ exam }) => `/staff/desk/${exam}/import` },
  { name: 'exams', route: '/staff/exams', path: () => '/staff/exams' },
  { name: 'items', route: '/staff/exams/:exam', path: ({ exam }) => `/staff/exams/${exam}` },
  {
    name: 'an item',
    route: '/staff/exams/:exam/items/:item',
    path: ({ exam, item }) => `/staff/exams/${exam}/items/${encodeURIComponent(item)}?language=ja`,
  },
  { name: 'versions', route: '/staff/exams/:exam/versions', path: ({ exam }) => `/staff/exams/${exam}/versions` },
  {
    name: 'a comparison',
    route: '/staff/exams/:exam/compare',
    path: ({ exam, versions: [from, to] }) => `/staff/exams/${exam}/compare?from=${from}&to=${to}`,
  },
  { name: 'a proposal', route: '/staff/proposals/:id', path: ({ proposal }) => `/staff/proposals/${proposal}` },
  { name: 'attempts', route: '/staff/attempts', path: () => '/staff/attempts' },
  { name: 'attempts that are open', route: '/staff/attempts', path: () => '/staff/attempts?state=open&days=90' },
  { name: 'attempts that were voided', route: '/staff/attempts', path: () => '/staff/attempts?state=voided&days=90' },
  {
    name: 'attempts that nobody withdrew',
    route: '/staff/attempts',
    path: () => '/staff/attempts?state=withdrawn&days=90',
  },
  { name: "somebody's attempts", route: '/staff/attempts', path: ({ worker }) => `/staff/attempts?q=${worker}` },
  { name: 'people of a name', route: '/staff/attempts', path: () => '/staff/attempts?q=n' },
  {
    name: 'attempts with something to notice',
    route: '/staff/attempts',
    path: () => '/staff/attempts?hinted=1&state=passed&days=90',
  },
  { name: 'attempts for a spreadsheet', route: '/staff/attempts.csv', path: () => '/staff/attempts.csv?days=90' },
  { name: 'leaks', route: '/staff/leaks', path: () => '/staff/leaks' },
  { name: 'leaks of words that were found', route: '/staff/leaks', path: () => '/staff/leaks?q=a' },
  {
    name: 'leaks of words that were found nowhere',
    route: '/staff/leaks',
    path: ({ exam }) => `/staff/leaks?exam=${exam}&q=nothing%20like%20this`,
  },
  { name: 'certificates', route: '/staff/credentials', path: () => '/staff/credentials' },
  {
    name: "somebody's certificates",
    route: '/staff/credentials',
    path: ({ worker }) => `/staff/credentials?q=${worker}`,
  },
  { name: 'certificates of a name', route: '/staff/credentials', path: () => '/staff/credentials?q=n%20' },
  {
    name: 'a certificate',
    route: '/staff/credentials/:id',
    path: ({ credential }) => `/staff/credentials/${credential}`,
  },
  {
    name: 'a certificate with a concern that waits',
    route: '/staff/credentials/:id',
    path: ({ doubted }) => `/staff/credentials/${doubted}`,
  },
  {
    name: 'a revocation',
    route: '/staff/credentials/:id/revoke',
    path: ({ credential }) => `/staff/credentials/${credential}/revoke`,
  },
  { name: 'the log of acts', route: '/staff/log', path: () => '/staff/log' },
  { name: 'one act in the log', route: '/staff/log', path: () => '/staff/log?act=launch.taken' },
  { name: "somebody's acts", route: '/staff/log', path: ({ worker }) => `/staff/log?who=${worker}` },
  { name: 'what was done about somebody', route: '/staff/log', path: ({ worker }) => `/staff/log?about=${worker}` },
  { name: 'the log of long ago', route: '/staff/log', path: ({ before }) => `/staff/log?until=${before}` },
  { name: 'sessions', route: '/staff/sessions', path: () => '/staff/sessions' },
]

/** Shows one sitting by its key, of a part that the history on which is measured does not have. */
const NOT_MEASURED: ReadonlySet<string> = new Set([
  '/staff/attempts/:id/tasks',
  // what is written has bounds of its own, and does not grow with who sits exams
  '/staff/desk/:exam/source',
  '/staff/desk/:exam/files',
  '/staff/desk/:exam/assets/:name',
  '/staff/desk/:exam/versions',
  '/staff/desk/:exam/history',
  '/staff/credentials/:id/process',
])

/** Routes that show a page to staff, and that nothing above asks for. */
export function unmeasuredPages(app: Pick<Hono<WebEnv>, 'routes'>): string[] {
  const measured = new Set(staffPages.map(({ route }) => route))
  const pages = app.routes
    .filter(({ method, path }) => method === 'GET' && /^\/staff(\/|$)/.test(path))
    .map(({ path }) => path)
  return [...new Set(pages)].filter((path) => !measured.has(path) && !NOT_MEASURED.has(path))
}
