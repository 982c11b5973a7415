import type { Language, Subjects } from '../../../../dist/texts.d.ts'
import badge from '../../../texts/badge?texts'
import look from './look.css?asset'

/** What the issuer says of a certificate at this moment. */
interface LiveAnswer {
  readonly state: State
  readonly name: string
  readonly validUntil: string
  readonly statusChangedAt?: string
}

const LONGEST_WAIT_MS = 8_000
const isDate = (value: unknown): value is string => typeof value === 'string' && !Number.isNaN(Date.parse(value))

/** An answer of the expected form; anything else, and a state that only this element knows, is no answer. */
function readAnswer(json: {
  verdict?: unknown
  name?: unknown
  validUntil?: unknown
  statusChangedAt?: unknown
}): LiveAnswer {
  const state = states.slice(0, 6).find((known) => known === json.verdict)
  if (!state || typeof json.name !== 'string' || !isDate(json.validUntil)) throw new TypeError('not an answer')
  return {
    state,
    name: json.name,
    validUntil: json.validUntil,
    statusChangedAt: isDate(json.statusChangedAt) ? json.statusChangedAt : undefined,
  }
}

/** Asks the issuer at `home`. Whatever goes wrong is `unknown`; only a 404 says that there is no such certificate, and a 410 that it was erased. */
async function askIssuer(
  home: string,
  id: string,
  { locale, signal }: { locale: Language; signal: AbortSignal },
): Promise<LiveAnswer> {
  const nothing = { name: '', validUntil: '' }
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_WAIT_MS)])
    const reply = await fetch(`${home}/api/credentials/${id}?lang=${locale}`, {
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: limit,
    })
    if (reply.status === 404) return { ...nothing, state: 'missing' }
    if (reply.status === 410) return { ...nothing, state: 'erased' }
    return reply.ok ? readAnswer(await reply.json()) : { ...nothing, state: 'unknown' }
  } catch {
    return { ...nothing, state: 'unknown' }
  }
}

let sheet: CSSStyleSheet | undefined

/** One constructed sheet for all badges of a page: a policy against inline styles does not forbid it. */
function badgeSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(look.text)
  }
  return sheet
}

const CROSS = 'M5 5l10 10M15 5L5 15'
const QUESTION = 'M6 7a4 4 0 1 1 5 4l-1 1v1M10 17v.1'
const marks: Readonly<Record<State, string>> = {
  valid: 'M4 10.5l4 4 8-9',
  expired: 'M10 3a7 7 0 1 0 .1 0M10 6v4l3 2',
  suspended: 'M7 5v10M13 5v10',
  revoked: CROSS,
  invalid: CROSS,
  unknown: QUESTION,
  missing: QUESTION,
  erased: 'M5 10h10',
  asking: 'M4 10h.1M10 10h.1M16 10h.1',
}

/** The sign of a state, beside its word. */
function markOf(state: State): SVGSVGElement {
  const make = <K extends 'svg' | 'path'>(name: K) => document.createElementNS('http://www.w3.org/2000/svg', name)
  const svg = make('svg')
  svg.setAttribute('viewBox', '0 0 20 20')
  svg.setAttribute('aria-hidden', 'true')
  const path = make('path')
  path.setAttribute('d', marks[state])
  svg.replaceChildren(path)
  return svg
}

/** What the element can show: an answer's verdict, no answer yet, or that there is no such certificate or no more. */
const states = [
  'valid',
  'expired',
  'suspended',
  'revoked',
  'invalid',
  'unknown',
  'missing',
  'erased',
  'asking',
] as const
type State = (typeof states)[number]

/** A sentence with at most a day in it. What pages fill sentences in with would weigh more than the element. */
function say(locale: Language, key: keyof Subjects['badge'], day = ''): string {
  const message = badge[locale]?.[key] ?? ''
  return typeof message === 'string' ? message : message.map((part) => (typeof part === 'string' ? part : day)).join('')
}

const stateWord = (locale: Language, state: State): string => say(locale, `badge.${state}`)

/** The date that belongs to a state: until when, since when, or on which day. */
function dateLine(
  locale: Language,
  state: State,
  at: { readonly validUntil: string; readonly statusChangedAt?: string },
): string {
  if (state !== 'valid' && state !== 'expired' && state !== 'suspended' && state !== 'revoked') return ''
  const time = state === 'valid' || state === 'expired' ? at.validUntil : at.statusChangedAt
  return time
    ? say(
        locale,
        `badge.date.${state}`,
        new Date(time).toLocaleDateString(say(locale, 'badge.locale'), { timeZone: 'Asia/Tokyo', dateStyle: 'long' }),
      )
    : ''
}

/** Only the Kentei that served this script is asked, so that nobody's own server can say "valid" here. */
const home = new URL(import.meta.url).origin

/** A page that was out of sight for longer asks anew when it is looked at again. */
const FRESH_MS = 60_000

/** A network that has just come back does not carry everything at once: who got no answer asks again after these times. */
const AGAIN_AFTER_MS = [1_000, 4_000, 15_000]

const element = <K extends keyof HTMLElementTagNameMap>(name: K, part: string, text = ''): HTMLElementTagNameMap[K] => {
  const made = document.createElement(name)
  made.className = part
  made.textContent = text
  return made
}

/**
 * `<kentei-badge credential="https://…/credentials/crd_…" locale="ja">`: a badge with the state of the moment, as its
 * issuer tells it. It verifies nothing by itself and leads to the verification page, which does.
 */
class KenteiBadge extends HTMLElement {
  static readonly observedAttributes = ['credential', 'locale']
  readonly #root = this.attachShadow({ mode: 'open' })
  #asking = new AbortController()
  #present = new AbortController()
  #askedAt = 0

  connectedCallback(): void {
    this.#root.adoptedStyleSheets = [badgeSheet()]
    this.#present = new AbortController()
    const { signal } = this.#present
    document.addEventListener(
      'visibilitychange',
      () => document.visibilityState === 'visible' && Date.now() - this.#askedAt > FRESH_MS && this.#ask(),
      { signal },
    )
    for (const change of ['online', 'offline']) addEventListener(change, () => this.#ask(), { signal })
    this.attributeChangedCallback()
  }

  disconnectedCallback(): void {
    this.#present.abort()
    this.#asking.abort()
  }

  attributeChangedCallback(): void {
    if (!this.isConnected) return
    // biome-ignore lint/suspicious/noConsole: readers see no more than that nothing was verified; who put it on the page should see why
    if (!this.#id) console.warn(`kentei-badge: credential is no address such as ${home}/credentials/crd_…`, this)
    this.#show({ state: 'asking', name: '', validUntil: '' })
    void this.#ask()
  }

  get #id(): string | undefined {
    const address = this.getAttribute('credential') ?? ''
    const url = URL.canParse(address) ? new URL(address) : undefined
    return url?.origin === home ? /^\/credentials\/(crd_[\w-]{1,64})$/.exec(url.pathname)?.[1] : undefined
  }

  get #locale(): Language {
    const wish = this.getAttribute('locale') ?? this.closest<HTMLElement>('[lang]')?.lang ?? ''
    return wish.startsWith('en') ? 'en' : 'ja'
  }

  /** `times` says how often there was no answer before. */
  async #ask(times = 0): Promise<void> {
    this.#asking.abort()
    this.#asking = new AbortController()
    const { signal } = this.#asking
    this.#askedAt = Date.now()
    const id = this.#id
    const answer: LiveAnswer = id
      ? await askIssuer(home, id, { locale: this.#locale, signal })
      : { state: 'unknown', name: '', validUntil: '' }
    if (signal.aborted) return
    this.#show(answer)
    const wait = AGAIN_AFTER_MS[times]
    if (id && answer.state === 'unknown' && navigator.onLine && wait !== undefined)
      setTimeout(() => !signal.aborted && this.#ask(times + 1), wait)
  }

  #show(answer: LiveAnswer): void {
    const { state, name } = answer
    const [id, locale] = [this.#id, this.#locale]
    const link = element('a', state)
    link.lang = locale
    if (id) link.href = `${home}/credentials/${id}?lang=${locale}`
    const line = element('span', 'state')
    line.replaceChildren(markOf(state), stateWord(locale, state))
    const text = element('span', 'text')
    text.replaceChildren(
      ...(name ? [element('b', 'name', name)] : []),
      line,
      ...(name ? [element('small', 'date', dateLine(locale, state, answer))] : []),
    )
    const pictures: HTMLElement[] = []
    if (name) {
      // the state in the address keeps a cached picture of another state away
      const picture = element('img', 'picture')
      Object.assign(picture, {
        alt: '',
        width: 56,
        height: 65,
        src: `${home}/credentials/${id}.svg?lang=${locale}&state=${state}`,
      })
      picture.addEventListener('error', () => picture.remove())
      pictures.push(picture)
    }
    link.replaceChildren(...pictures, text)
    this.#root.replaceChildren(link)
  }
}

// a page may load the script twice, from two of its parts
if (!customElements.get('kentei-badge')) customElements.define('kentei-badge', KenteiBadge)
