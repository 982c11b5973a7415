import { MARKET } from './fake-plugin.ts'
import type { Market } from './open-market.ts'

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const plainOf = (html: string): string =>
  html.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '')

export interface Shown {
  readonly status: number
  readonly path: string
  readonly html: string
  /** What a reader reads, without marks. */
  readonly text: string
}

/** Somebody with a browser without JavaScript: follows redirects, keeps cookies, and fills in the forms that are on the page. */
export function visitor(market: Market) {
  const jar = new Map<string, string>()
  let shown: Shown = { status: 0, path: '', html: '', text: '' }

  const take = async (response: Response, path: string): Promise<Shown> => {
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      jar.set(name, value)
    }
    const location = response.headers.get('Location')
    if (response.status === 303 && location) return open(location)
    const html = await response.text()
    shown = { status: response.status, path, html, text: plainOf(html.replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ') }
    return shown
  }

  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')

  const open = async (path: string): Promise<Shown> =>
    take(await market.app.request(new URL(path, MARKET).href, { headers: { Cookie: cookies() } }), path)

  /** Posts fields as a page of the marketplace would, or as the given headers say. */
  const post = async (
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = { Origin: MARKET },
  ): Promise<Shown> =>
    take(
      await market.app.request(new URL(path, MARKET).href, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { Cookie: cookies(), ...headers },
      }),
      path,
    )

  /** The forms of the page that is shown, with what stands in them. */
  const forms = () =>
    [...shown.html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)].map(([, tag = '', inner = '']) => {
      const attribute = (of: string, name: string) =>
        plainOf(new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(of)?.[1] ?? '')
      const fields: Record<string, string> = {}
      for (const [input] of inner.matchAll(/<input[^>]*>/g)) {
        if (/type="(radio|checkbox)"/.test(input) && !/\schecked/.test(input)) continue
        fields[attribute(input, 'name')] = attribute(input, 'value')
      }
      for (const [, area = '', text = ''] of inner.matchAll(/<textarea([^>]*)>(.*?)<\/textarea>/gs))
        fields[attribute(area, 'name')] = plainOf(text)
      for (const [, select = '', options = ''] of inner.matchAll(/<select([^>]*)>(.*?)<\/select>/gs)) {
        fields[attribute(select, 'name')] = attribute(/<option[^>]*selected[^>]*>/.exec(options)?.[0] ?? '', 'value')
      }
      return { id: attribute(tag, 'id'), action: attribute(tag, 'action'), fields, html: inner }
    })

  /** The form with an id; fails when it is not on the page. */
  const form = (id: string) => {
    const found = forms().find((one) => one.id === id)
    if (!found)
      throw new Error(
        `no form ${id} on ${shown.path}, only ${forms()
          .map((one) => one.id)
          .join(', ')}: ${shown.text.slice(0, 400)}`,
      )
    return found
  }

  /** Fills in a form of the page and sends it. */
  const send = (id: string, typed: Record<string, string> = {}): Promise<Shown> => {
    const { action, fields } = form(id)
    return post(action, { ...fields, ...typed })
  }

  return {
    open,
    post,
    form,
    forms,
    send,
    signIn: (user: string) => post('/sign-in', { user, next: '' }),
    shown: () => shown,
  }
}

export type Visitor = ReturnType<typeof visitor>
