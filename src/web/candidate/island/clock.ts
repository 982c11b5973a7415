import { element, fill, run, say, texts } from './run-data.ts'

/**
 * The server's clock, carried by the browser's monotonic one: the wall clock of the device never matters. Every reply gives
 * a lower bound of the server's time (it was stamped before it travelled), so the best estimate is the latest of them.
 */
const navigation = performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined
let offset = run.now - (navigation?.responseStart ?? performance.now())
let deadline = run.deadline

export const now = () => offset + performance.now()
export const remaining = () => deadline - now()

export function setClock(reply: { now?: string; deadline?: string }) {
  if (reply.now) offset = Math.max(offset, Date.parse(reply.now) - performance.now())
  const later = Date.parse(reply.deadline ?? '')
  if (!later || later === deadline) return
  if (later > deadline) say(texts.longer)
  deadline = later
  element('te').textContent = fill(texts.ends, { time: clockText(deadline) })
  tick()
}

/** The marketplace's zone is this far ahead, all year. */
const ZONE = 9 * 3_600_000
/** A time of day. Making the browser's own format for it takes a slow processor a tenth of a second, before anything is painted. */
export const clockText = (at: number) => new Date(at + ZONE).toISOString().slice(11, 16) + run.zone

const LOW = 300
const announced = [600, LOW, 60, 30]
/** What was left when it was last drawn; nothing is said of what was over before the page came. */
let before = 0
let hidden = false
let onTimeUp = () => {}

/** Draws the remaining time anew from the clock; nothing is counted down, so a sleeping tab cannot drift. */
export function tick() {
  const left = Math.max(0, Math.ceil(remaining() / 1000))
  element('tv').textContent =
    hidden && left > LOW ? texts.hidden : `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
  document.body.dataset.low = left <= 60 ? '2' : left <= LOW ? '1' : '0'
  element('track').setAttribute('width', `${Math.min(100, (left * 1e5) / run.span)}%`)
  const mark = announced.filter((m) => left <= m && before > m).pop()
  if (mark)
    say(
      fill(texts.left, {
        time: mark >= 60 ? fill(texts.minutes, { count: mark / 60 }) : fill(texts.seconds, { count: mark }),
      }),
    )
  before = left
  if (left === 0) onTimeUp()
}

export function startTimer(timeUp: () => void) {
  onTimeUp = timeUp
  const hide = element<HTMLButtonElement>('thide')
  hide.disabled = false
  hide.onclick = () => {
    hidden = !hidden
    hide.setAttribute('aria-pressed', String(hidden))
    tick()
  }
  setInterval(tick, 500)
  tick()
}
