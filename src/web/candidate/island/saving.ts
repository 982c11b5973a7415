import type { Answer } from '../types/island-type.ts'
import { clockText, now, setClock } from './clock.ts'
import { element, fill, run, say, texts } from './run-data.ts'

interface Entry {
  revision: number
  response: Answer
  /** The revision that the server had when this was begun. */
  base: number
  /** What was sent since, of which the replies may be lost: revisions, each with the mark of its answer. */
  sent: Record<number, string>
}

interface Reply {
  now?: string
  deadline?: string
  status?: string
  code?: string
  lease?: string
  results?: { item: string; status: 'saved' | 'stale-revision'; revision: number; response?: Answer }[]
  responses?: Record<string, { revision: number; response: Answer }>
}

/** A task travels whole, so it is saved less often than an answer. */
const DEBOUNCE = run.page === 'task' ? 1_000 : 400
const MOST_PER_CALL = 100
const key = `kentei.${run.id}`
export const flagKey = `${key}.flags`
export const api = `/api/attempts/${run.id}`

/** Answers that the server has not confirmed. They survive a reload and are never shown as saved. */
export const pending: Record<string, Entry> = recall(key, {})
/** The highest revision of each item that is known here. */
export const revisions: Record<string, number> = {}
/** The revision of each item that the server is known to have. */
const stored: Record<string, number> = {}
/** What only the page can know of the work on a task since the last save: the longest piece that came in at once, and whether it was out of sight. */
export const seen = { longest: 0, hidden: false }
let adopt: (item: string, answer: Answer) => void = () => {}
let lost = false
let leaving = false
/** Nothing more is done here: the page is left, or another one writes. */
export const isOver = () => leaving || lost
/** Somebody else is signed in in this browser, or nobody. */
let away = false
export const isAway = () => away
let tries = 0
let batch = MOST_PER_CALL
let comeAgain = 0
let timer: ReturnType<typeof setTimeout> | undefined
let running: Promise<boolean> | undefined

export function recall<T>(name: string, otherwise: T): T {
  try {
    return JSON.parse(localStorage.getItem(name) ?? '') as T
  } catch {
    return otherwise
  }
}
export function remember(name: string, value: unknown) {
  try {
    localStorage.setItem(name, JSON.stringify(value))
  } catch {
    // a private window keeps nothing; the answers are still in the page
  }
}

/** Tells answers apart that have one revision. */
function markOf(response: Answer) {
  const text = JSON.stringify(response)
  return text.length + text.slice(-99)
}

export const onAdopt = (listener: typeof adopt) => {
  adopt = listener
}

/** Leaving now loses something: neither on its way out nor past saving. */
export const wouldLose = () => waiting() > 0 && !isOver()
export const waiting = () => Object.keys(pending).length

export function show(state: string, text: string) {
  element('save').dataset.s = state
  element('save-text').textContent = text
}
/** Shows it, and says it at once. */
export function warn(state: string, text: string) {
  show(state, text)
  say(text, 'alert')
}
let signedIn = ''
/** Says in the page who is signed in, and how many answers wait here. */
function tellAway() {
  const text = fill(signedIn ? texts.other : texts.out, { name: `\u2068${signedIn}\u2069`, count: waiting() })
  element('away-text').textContent = text
  return text
}
export const showKept = () => {
  if (away) tellAway()
  show('kept', away ? texts.away : waiting() ? fill(texts.kept, { count: waiting() }) : texts.offline)
}

export function goToResult() {
  leaving = true
  try {
    localStorage.removeItem(key)
    localStorage.removeItem(flagKey)
  } catch {
    // nothing was kept
  }
  location.assign(`/attempts/${run.id}/result`)
}

/** Another tab or device writes now: nothing from here will be accepted, so nothing more is asked for here. */
function loseLease() {
  if (lost) return
  lost = true
  warn('lost', texts.lost)
  element('paper')?.setAttribute('inert', '')
  const banner = element('lost')
  if (!banner) return
  banner.hidden = false
  banner.scrollIntoView({ block: 'center' })
  const here = banner.querySelector('button') as HTMLButtonElement
  // opening the paper anew takes it over; what is waiting stays on the device meanwhile
  here.onclick = (e) => {
    e.preventDefault()
    location.reload()
  }
  here.focus()
}

export function call(path: string, method: string, body?: unknown, keepalive = false): Promise<Response> {
  return fetch(path, {
    method,
    keepalive,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: keepalive ? undefined : AbortSignal.timeout(8_000),
  })
}

/** When a service that is busy wants to be asked again, in milliseconds and spread a little; 0 when it did not say. */
export const retryAfter = (response: Response): number =>
  Math.min(60_000, Number(response.headers.get('retry-after')) * 1_000 || 0) * (1 + Math.random() * 0.3)

const banner = element('away')
banner.onclick = (e) => {
  // what is kept on the device needs no warning
  if ((e.target as Element).closest('a') && localStorage.getItem(key)) leaving = true
}

/** The person is back, or was never away. */
function comeBack() {
  banner.hidden = true
  away = false
}

/** Asks who is signed in, when the server does not know this paper: what is held stays here until its sitter is back. */
async function askWho() {
  const response = await call('/api/me', 'GET')
  if (!response.ok && response.status !== 401) return
  const { worker, name = '' } = (await response.json()) as { worker?: string; name?: string }
  if (worker === run.worker) return comeBack()
  signedIn = name
  const text = tellAway()
  if (!away) say(text, 'alert')
  away = true
  banner.hidden = false
  showKept()
}
const isUnknown = ({ status }: Response) => status === 401 || status === 403 || status === 404

/** Asks for the state of the attempt. @throws while the server does not tell it */
async function ask(path: string): Promise<Reply> {
  const response = await call(path, 'GET')
  if (isUnknown(response)) await askWho()
  if (!response.ok) throw new Error('busy')
  if (away) {
    comeBack()
    void flush()
  }
  const reply = (await response.json()) as Reply
  setClock(reply)
  if (reply.status && reply.status !== 'open') goToResult()
  else if (reply.lease && run.lease && reply.lease !== run.lease) loseLease()
  return reply
}

/** Asks for the time and the state of the attempt. */
export const sync = () =>
  // offline: the next save will say so
  ask(`/attempts/${run.id}/clock`).catch(() => {})

/** What another page of this paper left behind goes on from what the server has as well, before any of it is sent. */
async function compareLeft() {
  const left = Object.keys(pending).filter((item) => !(item in stored))
  if (!left[0]) return
  const { responses } = await ask(api)
  if (isOver()) return
  for (const item of left) takeUp(item, responses?.[item]?.revision, responses?.[item]?.response)
  remember(key, pending)
}

function settle(sent: [string, Entry][], reply: Reply) {
  setClock(reply)
  for (const result of reply.results ?? []) {
    const entry = pending[result.item]
    if (!entry) continue
    stored[result.item] = result.revision
    revisions[result.item] = Math.max(revisions[result.item] as number, result.revision)
    const unchanged = sent.some(([, before]) => before === entry)
    if (result.status === 'saved') {
      if (unchanged) delete pending[result.item]
    } else if (unchanged) {
      delete pending[result.item]
      adopt(result.item, result.response ?? null)
      say(texts.adopted)
    } else entry.revision = ++(revisions[result.item] as number)
  }
  remember(key, pending)
}

/** Sends what is waiting once; the answer is whether it may be called again at once. */
async function send(keepalive: boolean): Promise<boolean> {
  const sent = Object.entries(pending).slice(0, batch)
  const observed = run.page === 'task' ? { ...seen } : undefined
  for (const [, entry] of sent) entry.sent[entry.revision] = markOf(entry.response)
  remember(key, pending)
  const response = await call(
    `${api}/responses`,
    'PUT',
    {
      lease: run.lease,
      saves: sent.map(([item, { revision, response }]) => ({ item, revision, response, observed })),
    },
    keepalive,
  )
  const reply = (await response.json().catch(() => ({}))) as Reply
  if (response.ok) {
    if (away) comeBack()
    // what came meanwhile, a longer piece or a look elsewhere, belongs to the next save
    if (observed?.longest === seen.longest) seen.longest = 0
    if (observed?.hidden) seen.hidden = false
    settle(sent, reply)
    return true
  }
  if (isUnknown(response)) await askWho()
  if (reply.code === 'attempt-closed') goToResult()
  else if (reply.code === 'lease-lost') loseLease()
  else if (response.status !== 422) {
    comeAgain = retryAfter(response)
    throw new Error('busy')
  } else if (sent.some(([item]) => item.startsWith('t'))) {
    // a task is one response: it stays here until it is short enough
    warn('kept', texts.tooMuch)
    return false
  } else {
    // one unreadable answer must not hold up the others
    if (batch === 1) for (const [item] of sent) delete pending[item]
    batch = 1
  }
  return true
}

async function drain(keepalive: boolean): Promise<boolean> {
  try {
    await compareLeft()
    while (waiting() && !isOver()) {
      show('saving', texts.saving)
      if (!(await send(keepalive))) return false
    }
    if (isOver()) return false
    batch = MOST_PER_CALL
    if (tries) say(texts.back)
    tries = 0
    show('saved', fill(texts.saved, { time: clockText(now()) }))
    return true
  } catch {
    if (!tries++ && !away) say(texts.offline)
    showKept()
    clearTimeout(timer)
    const wait = Math.min(30_000, 1_000 * 2 ** tries) * (1 + Math.random() * 0.3)
    timer = setTimeout(() => void flush(), comeAgain || wait)
    comeAgain = 0
    return false
  }
}

/** Sends everything that is waiting. Resolves to whether all of it is saved. */
export async function flush(keepalive = false): Promise<boolean> {
  clearTimeout(timer)
  if (lost || !waiting()) return !lost
  running ??= drain(keepalive).finally(() => {
    running = undefined
  })
  return running
}

/**
 * The answer that an earlier page left behind, where it goes on from what the server has: nobody has saved another since, elsewhere.
 * `revision` and `answer`: what the server has.
 */
export function takeUp(item: string, revision = 0, answer: Answer = null): Entry | undefined {
  stored[item] = revisions[item] = revision
  const left: (Partial<Entry> & Pick<Entry, 'revision' | 'response'>) | undefined = pending[item]
  if (!left) return
  // an earlier release kept neither base nor marks: what it left is taken for newer by its revision, as it was then
  const kept: Entry = { base: revision, sent: {}, ...left }
  pending[item] = kept
  const isOwn = kept.base === revision || kept.sent[revision] === markOf(answer)
  if (isOwn && kept.revision > revision) {
    revisions[item] = kept.revision
    return kept
  }
  delete pending[item]
  remember(key, pending)
  if (!isOwn) say(texts.adopted)
}

/** Notes a new answer to what was taken up, and saves it shortly. */
export function enter(item: string, response: Answer) {
  revisions[item] = (revisions[item] as number) + 1
  const { base, sent } = pending[item] ?? { base: stored[item] as number, sent: {} }
  pending[item] = { revision: revisions[item], response, base, sent }
  remember(key, pending)
  if (lost) return
  if (tries || away || !navigator.onLine) showKept()
  clearTimeout(timer)
  timer = setTimeout(() => void flush(), DEBOUNCE)
}
