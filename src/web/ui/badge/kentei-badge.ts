import type { Language } from '../../../../dist/texts.d.ts'
import { askIssuer, type LiveAnswer } from './live-answer.ts'
import { badgeSheet, markOf } from './look.ts'
import { dateLine, stateWord } from './words.ts'

/** Only the Kentei that served this script is asked, so that nobody's own server can say "valid" here. */
const home = new URL(import.meta.url).origin

/** A page that was out of sight for longer asks anew when it is looked at again. */
const FRESH_MS = 60_000

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

  async #ask(): Promise<void> {
    this.#asking.abort()
    this.#asking = new AbortController()
    const { signal } = this.#asking
    this.#askedAt = Date.now()
    const id = this.#id
    const answer: LiveAnswer = id
      ? await askIssuer(home, id, { locale: this.#locale, signal })
      : { state: 'unknown', name: '', validUntil: '' }
    if (!signal.aborted) this.#show(answer)
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
