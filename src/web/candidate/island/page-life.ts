import { now, remaining } from './clock.ts'
import { run, texts } from './run-data.ts'
import {
  api,
  call,
  flush,
  goToResult,
  isAway,
  isOver,
  retryAfter,
  seen,
  showKept,
  sync,
  warn,
  wouldLose,
} from './saving.ts'

/** Evidence for a person to look at, never a verdict: when the page was out of sight, and what was pasted where. */
const unreported: unknown[] = []
export function report(kind: 'hidden' | 'visible' | 'paste' | 'offline' | 'online', item?: string) {
  unreported.push({ kind, at: new Date(now()).toISOString(), item })
  if (!navigator.onLine) return
  call(`${api}/events`, 'POST', { events: unreported.splice(0) }, true).catch(() => {})
}

/** How long a page waits at its end before it asks again. */
const AGAIN = 3_000
/**
 * At the deadline: what is typed goes first, then the paper; the server closes it anyway when this page cannot. What is kept here
 * stays until the server says that the paper is closed: its time may yet be extended.
 */
let finishing = false
export async function finish() {
  if (finishing || isOver()) return
  finishing = true
  let wait = AGAIN
  await sync()
  // the time may have been extended while this page did not look
  if (remaining() <= 0 && !isOver() && !isAway()) {
    warn('saving', texts.over)
    await flush()
    const response = await call(`${api}/submit`, 'POST', { lease: run.lease }).catch(() => undefined)
    if (response?.ok) return goToResult()
    // where it was closed before, the clock says so then
    wait = (response && retryAfter(response)) || wait
    warn('kept', texts.overOffline)
  }
  setTimeout(() => {
    finishing = false
  }, wait)
}

export function watchConnection() {
  addEventListener('online', () => {
    report('online')
    void flush()
    void sync()
  })
  addEventListener('offline', () => {
    report('offline')
    showKept()
  })
  document.addEventListener('visibilitychange', () => {
    report(document.hidden ? 'hidden' : 'visible')
    seen.hidden ||= !document.hidden
    void (document.hidden ? flush(true) : sync())
  })
  addEventListener('pagehide', () => void flush(true))
  // a page out of the back-forward cache holds a lease that may be dead
  addEventListener('pageshow', (e) => e.persisted && location.reload())
  addEventListener('beforeunload', (e) => {
    if (wouldLose()) e.preventDefault()
  })
}
