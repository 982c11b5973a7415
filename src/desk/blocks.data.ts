import { SECTION_WORDS } from '../authoring/keywords.data.ts'
import type { Locale } from '../item/item.ts'

/** What the toolbar puts in; what stands between U+2045 and U+2046 is selected, to be written over. */
export const BLOCKS = {
  section: (locale: Locale) =>
    `### ${SECTION_WORDS.rationale[locale]}\n\n\u2045${{ ja: '解説', en: 'Why' }[locale]}\u2046`,
  quote: (_: Locale, selected: string) => (selected === '' ? '> \u2045…\u2046' : selected.replace(/^/gm, '> ')),
  choices: (locale: Locale) =>
    locale === 'ja'
      ? '- [x] \u2045正しいもの\u2046\n- [ ] もっともらしいもの\n- [ ] もっともらしいもの\n- [ ] もっともらしいもの'
      : '- [x] \u2045The right one\u2046\n- [ ] A likely one\n- [ ] A likely one\n- [ ] A likely one',
  table: (locale: Locale) =>
    locale === 'ja'
      ? '| \u2045項目\u2046 | 値 |\n| --- | --- |\n|  |  |\n|  |  |'
      : '| \u2045Name\u2046 | Value |\n| --- | --- |\n|  |  |\n|  |  |',
  variables: (locale: Locale) =>
    locale === 'ja'
      ? `### ${SECTION_WORDS.variables.ja}\n\n- \u2045price\u2046: 8,000〜16,000 刻み 500`
      : `### ${SECTION_WORDS.variables.en}\n\n- \u2045price\u2046: 8,000-16,000 step 500`,
} satisfies Record<string, (locale: Locale, selected: string) => string>
