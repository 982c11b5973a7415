import { MAX_TEXT } from '../../../form/read-response.ts'
import { type CompiledHtml, markQuestion, splitAtBlanks } from '../../../item/markup/compiled-html.ts'
import { Compiled } from '../../ui/compiled.tsx'
import { Options } from './control-parts.tsx'
import { type ControlType, holdsUnknown, partsOf } from './control-type.ts'

/** What a gap is counted in, or how its word goes on: a few letters behind it, which stay on its line. */
const UNIT = /^[^\s<&、。，．,.;:：；）)」』]{1,4}/

type Piece =
  | { readonly html: CompiledHtml; readonly gap?: undefined; readonly unit?: undefined }
  | { readonly gap: string; readonly unit: CompiledHtml; readonly html?: undefined }

/** Compiled HTML in pieces: text, and gaps with what follows each of them closely. */
function splitAtUnits(html: CompiledHtml): Piece[] {
  const pieces = splitAtBlanks(html)
  return pieces.map((piece, i): Piece => {
    if (i % 2 === 1) return { gap: piece, unit: (UNIT.exec(pieces[i + 1] ?? '')?.[0] ?? '') as CompiledHtml }
    const taken = i > 0 ? (UNIT.exec(piece)?.[0].length ?? 0) : 0
    return { html: piece.slice(taken) as CompiledHtml }
  })
}

/** The controls stand in the stem, where the gaps are. */
export const cloze: ControlType<'cloze'> = {
  Stem: ({ item, given = {}, locale, t }) => (
    <>
      {splitAtUnits(markQuestion(item.stemHtml, locale)).map(({ html, gap: piece, unit }) => {
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
            <Compiled html={unit} />
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
