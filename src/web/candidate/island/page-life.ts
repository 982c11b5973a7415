import { now, remaining } from './clock.ts'
import { element, run, say, texts } from './run-data.ts'
import {
  api,
  call,
  flush,
  goToResult,
  isAway,
  isLeaving,
  retryAfter,
  seen,
  show,
  showKept,
  sync,
  wouldLose,
} from './saving.ts'

/** Evidence for a person to look at, never a verdict: when the page was out of sight, and what was pasted where. */
const unreported: unknown[] = []
export function report(kind: 'hidden' | 'visible' | 'paste' | 'offline' | 'online', item?: string) {
  unreported.push({ kind, at: new Date(now()).toISOString(), item })
  if (!navigator.onLine) return
  call(`${api}events`, 'POST', { events: unreported.splice(0) }, true).catch(() => {})
}

/** At the deadline: what is typed goes first, then the paper; the server closes it anyway when this page cannot. */
let finishing = false
export async function finish() {
  if (finishing || isLeaving()) return
  finishing = true
  await sync()
  // the time may have been extended while this page did not look
  if (isLeaving() || isAway() || remaining() > 0) {
    finishing = false
    return
  }
  say(texts.over, 'alert')
  element('save-text').textContent = texts.over
  await flush()
  try {
    const response = await call(`${api}submit`, 'POST', { lease: run.lease })
    if (response.status === 503) await new Promise((resolve) => setTimeout(resolve, retryAfter(response)))
    // the server closes it at the deadline: its result comes with or without this page
    goToResult()
  } catch {
    show('kept', texts.overOffline)
    say(texts.overOffline, 'alert')
    setTimeout(() => {
      finishing = false
    }, 3_000)
  }
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
