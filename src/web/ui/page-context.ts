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
  readonly locale: PageLocale
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

/** What a page says to a reader of a language, whoever they are. */
export function spokenIn({ marketplace, issuerName }: Settings, locale: PageLocale) {
  const { brand } = marketplace
  return { locale, t: textsOf(locale, brand), brand, issuer: issuerName[locale] ?? issuerName.en }
}
