import type { Locale } from '../item/item.ts'
import type { ItemVariant } from './compare-locales.ts'
import {
  type Difference,
  differencesOf,
  findingOf,
  type Presence,
  presenceOf,
  settledPills,
  unreadableIn,
} from './compare-locales.ts'
import type { CompiledExam } from './compile-exam.ts'
import { type Said, say } from './said.ts'
import type { SourceFile } from './source-file.ts'

/** Something that keeps an item from being the same in all languages of its exam. */
export interface OpenPoint {
  /** The topic, or `exam` for what candidates read before they start. */
  readonly topic: string
  readonly item: string
  /** The locale that is to be worked on. */
  readonly locale: Locale
  readonly what: Exclude<Presence, 'there'> | Difference
  readonly message: Said
  /** Where the item stands, in each locale that has it: a path within the exam's folder and a line. */
  readonly places: Readonly<Partial<Record<Locale, { readonly path: string; readonly line: number }>>>
}

const lacks: Readonly<Record<Exclude<Presence, 'there'>, (locale: Locale) => Said>> = {
  missing: (locale) => say('translation.noVersion', { locale }),
  begun: (locale) => say('translation.draft', { locale }),
  unreadable: (locale) => say('translation.unreadable', { locale }),
}

const versionOf = ({ source, bank }: ItemVariant): number => settledPills(source.pills, bank.defaults).version

/** The line of an item's heading, also of one that cannot be read. */
function lineOf(sources: readonly SourceFile[], path: string, id: string): number {
  const content = sources.find((file) => file.path === path)?.content ?? ''
  const lines = (typeof content === 'string' ? content : new TextDecoder().decode(content)).split(/\r\n|\r|\n/)
  return lines.findIndex((line) => line.startsWith(`## ${id}`)) + 1
}

/** The open points of an exam by topic, in the order of its files. Retired items need no translation. */
export function reviewLocales({ exam, items, files }: CompiledExam, sources: readonly SourceFile[]): OpenPoint[] {
  const locales = exam?.locales ?? []
  const banks = files.flatMap(({ parsed: { bank } }) => (bank ? [bank] : []))
  const unreadable = (locale: Locale, id: string) => {
    const path = files.find(({ parsed: { bank } }) => bank?.locale === locale && unreadableIn(bank).has(id))?.path
    return path === undefined ? {} : { [locale]: { path, line: lineOf(sources, path, id) } }
  }
  const rules = locales.flatMap((locale): OpenPoint[] =>
    exam?.rulesHtml[locale]
      ? []
      : [
          {
            topic: 'exam',
            item: 'exam',
            locale,
            what: 'missing',
            message: say('translation.noRules', { locale }),
            places: {},
          },
        ],
  )
  const points = items.flatMap((item): OpenPoint[] => {
    const [first, other] = item.variants
    if (!first || item.item?.status === 'retired') return []
    const { id } = first.source
    const places = Object.fromEntries(
      item.variants.map(({ locale, path, places: { heading } }) => [locale, { path, line: heading.line }]),
    )
    const at = { topic: first.bank.topic, item: id, places }
    const absent = locales.flatMap((locale): OpenPoint[] => {
      const presence = presenceOf(item, locale, banks)
      return presence === 'there'
        ? []
        : [
            {
              ...at,
              locale,
              what: presence,
              message: lacks[presence](locale),
              places: { ...places, ...unreadable(locale, id) },
            },
          ]
    })
    const differing = (other ? differencesOf(first, other) : []).map((what): OpenPoint => {
      const behind =
        what === 'stale' && versionOf(first) < versionOf(other as ItemVariant) ? first : (other as ItemVariant)
      return { ...at, locale: behind.locale, what, message: findingOf(what, first, other as ItemVariant).message }
    })
    return [...absent, ...differing]
  })
  return [...rules, ...[...Map.groupBy(points, ({ topic }) => topic).values()].flat()]
}
