import type { Context } from 'hono'
import { type Child, createContext, type PropsWithChildren, useContext } from 'hono/jsx'
import { rubyHtml } from '../words/readings.ts'

/** Paths that the forms of the page at hand post to; set while it is rendered. */
const FormActions = createContext<Set<string> | undefined>(undefined)

interface FormProps {
  readonly action: string
  readonly method?: 'get' | 'post'
  /** Where buttons with a `formaction` of their own send it. */
  readonly also?: readonly string[]
  readonly [attribute: string]: unknown
}

/** A form of a page. Its action is noted, so that the page's policy lets forms go there and nowhere else. */
export const Form = ({ children, also = [], ...attributes }: PropsWithChildren<FormProps>) => {
  const noted = useContext(FormActions)
  for (const action of [attributes.action, ...also]) noted?.add(action)
  return (
    // biome-ignore lint/correctness/noRestrictedElements: the one place that writes the element
    <form {...attributes}>{children}</form>
  )
}

export interface RenderedPage {
  readonly html: string
  /** Actions of its forms, as they are written. */
  readonly actions: readonly string[]
}

/** Renders a page, with the readings of its words, and tells where its forms go. */
export async function renderPage(page: Child | Promise<Child>): Promise<RenderedPage> {
  const actions = new Set<string>()
  const html = await (<FormActions.Provider value={actions}>{await page}</FormActions.Provider>).toString()
  return { html: rubyHtml(html), actions: [...actions] }
}

/** A path as a source of a policy holds it: these two part its directives. */
const asSource = (url: URL): string => `${url.origin}${url.pathname.replaceAll(';', '%3B').replaceAll(',', '%2C')}`

/** The directive `form-action` of a page that is read at `origins`: exactly the addresses of its own forms, and `others`, to which answers to them lead on. */
export function formActionOf(
  actions: readonly string[],
  origins: readonly string[],
  others: readonly string[] = [],
): string {
  const sources = new Set([
    ...origins.flatMap((origin) => actions.map((action) => asSource(new URL(action, origin)))),
    ...others,
  ])
  return sources.size === 0 ? "'none'" : [...sources].join(' ')
}

/** What was typed into a form that was sent, by field and in its order; files are left out. */
export async function postedTexts({ req }: Context): Promise<readonly (readonly [name: string, text: string])[]> {
  const form = Object.entries(await req.parseBody({ all: true }))
  return form.flatMap(([name, values]) =>
    [values].flat().flatMap((value) => (typeof value === 'string' ? [[name, value] as const] : [])),
  )
}
