import { MAX_TEXT } from '../../../form/read-response.ts'
import { markQuestion, splitAtGaps } from '../../../item/markup/compiled-html.ts'
import { Compiled } from '../../ui/compiled.tsx'
import { Options } from './control-parts.tsx'
import { type ControlType, holdsUnknown, partsOf } from './control-type.ts'

/** The controls stand in the stem, where the gaps are. */
export const cloze: ControlType<'cloze'> = {
  Stem: ({ item, given = {}, locale, t }) => (
    <>
      {splitAtGaps(markQuestion(item.stemHtml, locale)).map(({ html, gap: piece, unit }) => {
        if (piece === undefined) return <Compiled html={html} />
        const blank = item.blanks.find(({ ref }) => ref === piece)
        const label = t('question.blank', { number: piece })
        const name = `${item.ref}.${piece}`
        const value = given[piece] ?? ''
        return (
          <span class="gapw">
            <span class="gapn" aria-hidden="true">
              {piece}
            </span>
            {blank?.options ? (
              <select class="gap" name={name} aria-label={label}>
                <Options choices={blank.options} value={value} locale={locale} t={t} />
              </select>
            ) : (
              <input
                class="gap"
                type="text"
                name={name}
                aria-label={label}
                maxlength={200}
                autocomplete="off"
                spellcheck={false}
                value={value}
              />
            )}
            {unit}
          </span>
        )
      })}
    </>
  ),
  readForm(item, fields) {
    const blanks = partsOf(fields, item.ref, item.blanks)
    return Object.keys(blanks).length === 0 ? null : blanks
  },
  problemOf({ blanks }, answer) {
    for (const { ref, options } of blanks) {
      const value = answer[ref] ?? ''
      if (value.length > MAX_TEXT) return 'too-long'
      if (options && value !== '' && holdsUnknown(options, [value])) return 'unreadable'
    }
    return undefined
  },
}
