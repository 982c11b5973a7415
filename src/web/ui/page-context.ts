import { languageOf, type PageTag } from '../../platform/page/words.ts'
import type { Brand } from '../../world/brand.ts'
import type { Settings } from '../../world/settings.ts'
import { type PageLocale, type Translate, textsOf } from './message.ts'

/** Who is looking: the part of the session that pages show. */
export interface Visitor {
  readonly id: string
  readonly worker: string
  readonly role: 'worker' | 'author' | 'operator'
  readonly name: string
  readonly locale: PageLocale
  readonly returnUrl?: string
}

/** What every page needs besides its own matter. `path` is where the language switch comes back to. */
export interface PageContext {
  /** The language, of dates and of what is taken from elsewhere: exams, tasks, addresses. */
  readonly locale: PageLocale
  /** What the page speaks: the language, or a variant of it. */
  readonly tag: PageTag
  /** What the page can be read in. */
  readonly offered: readonly PageTag[]
  /** Says the marketplace's name and words where a sentence has `{marketplace}`, `{workerWord}` or `{clientWord}`. */
  readonly t: Translate
  readonly brand: Brand
  /** Who issues the certificates. */
  readonly issuer: string
  readonly visitor?: Visitor
  readonly path: string
  /** The launch is so old that what changes the rights of others needs another one first. */
  readonly needsLaunch?: boolean
}

/** What a page says to a reader of a language or a variant, whoever they are. */
export function spokenIn({ marketplace, issuerName }: Settings, tag: PageTag, offered: readonly PageTag[]) {
  const [{ brand }, locale] = [marketplace, languageOf(tag)]
  return { locale, tag, offered, t: textsOf(tag, brand), brand, issuer: issuerName[locale] ?? issuerName.en }
}
