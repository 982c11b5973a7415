import type { AnswerSource, BlankAnswer, Formula } from './bank-source.ts'
import { fixListMark } from './certain-fix.ts'
import { error, type Place, type Report, say, withFix } from './diagnostic.ts'

export interface ReadAnswer {
  readonly answer: AnswerSource
  readonly places: Place[]
}

/** Half-width digits and signs; the unit keeps the width it was written in. */
const foldDigits = (text: string): string =>
  text
    .replace(/[０-９，．＋]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[－−]/g, '-')
    .replaceAll('\u3000', ' ')

/** A number and the unit after it, if any; a unit may hold digits (`m2`) but does not start with one. */
const QUANTITY = /^(?<digits>[+-]?\d[\d,]*(?:\.\d+)?)\s*(?<unit>[^\d\s.,+-].*)?$/u

function readQuantity(text: string): { value: number; unit: string } | undefined {
  const { digits = '', unit = '' } = QUANTITY.exec(text.trim())?.groups ?? {}
  const isGrouped = !digits.includes(',') || /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits)
  return digits !== '' && isGrouped ? { value: Number(digits.replaceAll(',', '')), unit: unit.trim() } : undefined
}

/** `{{ price * 1.1 }} 円`: the expression and the unit after it. */
function readFormulaQuantity(text: string): { value: Formula; unit: string } | undefined {
  const { formula, unit = '' } = /^\{\{(?<formula>[^{}]+)\}\}\s*(?<unit>[^\d\s.,+-].*)?$/u.exec(text.trim())?.groups ?? {}
  return formula === undefined ? undefined : { value: { formula }, unit: unit.trim() }
}

/** Reads `13,200 ± 0 円` or `{{ price * 1.1 }} ± 0 円`; undefined when it is no such thing. */
export function readNumericKey(text: string): { value: number | Formula; tolerance: number; unit: string } | undefined {
  // an expression may itself hold ÷ and the like: it is taken whole
  const [, written = '', rest = ''] = /^(\s*\{\{[^{}]*\}\}[^±]*|[^±]*?)(?=±|\+\/-|$)(.*)$/u.exec(text) ?? []
  const formula = readFormulaQuantity(written)
  const [left = '', right, ...more] = foldDigits(formula ? rest : text).split(/±|\+\/-/)
  const value = formula ?? readQuantity(left)
  const tolerance = right === undefined ? { value: 0, unit: '' } : readQuantity(right)
  if (!value || !tolerance || more.length > 0 || tolerance.value < 0) return undefined
  if (value.unit !== '' && tolerance.unit !== '' && value.unit !== tolerance.unit) return undefined
  return { value: value.value, tolerance: tolerance.value, unit: tolerance.unit || value.unit }
}

interface Line {
  readonly text: string
  readonly place: Place
}

function contentLines(lines: readonly string[], from: number, to: number): Line[] {
  const found: Line[] = []
  for (let i = from; i < to; i++) {
    const line = lines[i] as string
    if (line.trim() !== '') found.push({ text: line.trimEnd(), place: { line: i + 1, column: line.search(/\S/) + 1 } })
  }
  return found
}

export function readNumericAnswer(lines: readonly string[], from: number, to: number, report: Report): ReadAnswer | undefined {
  const [line, extra] = contentLines(lines, from, to)
  const at = line?.place ?? { line: from, column: 1 }
  const read = line && !extra ? readNumericKey(line.text.replace(/^[-*+] /, '')) : undefined
  if (read && line) return { answer: { form: 'numeric', ...read }, places: [at] }
  report(
    extra?.place ?? at,
    error('answer/numeric', say('数値の正解を読めません', 'cannot read the numeric answer'), say('「13,200 ± 0 円」のように、一行で書いてください', 'write one line such as "13,200 ± 0 yen"')),
  )
  return undefined
}

export function readAcceptedAnswers(lines: readonly string[], from: number, to: number, report: Report): ReadAnswer | undefined {
  const accepted: string[] = []
  const places: Place[] = []
  for (const { text, place } of contentLines(lines, from, to)) {
    const bullet = /^[-*+] +(\S.*)$/.exec(text)
    if (!bullet) report(place, withFix(error('answer/list', say('正解は「- 」の箇条書きで書いてください', 'accepted answers are a "- " list')), fixListMark(text, place.line)))
    else {
      accepted.push(bullet[1] as string)
      places.push({ line: place.line, column: text.length - (bullet[1] as string).length + 1 })
    }
  }
  if (accepted.length > 0) return { answer: { form: 'accepted', accepted }, places }
  report({ line: from, column: 1 }, error('answer/missing', say('正解が一つもありません', 'there is no accepted answer')))
  return undefined
}

export function readBlankAnswers(lines: readonly string[], from: number, to: number, report: Report): ReadAnswer | undefined {
  const blanks: BlankAnswer[] = []
  const places: Place[] = []
  for (const { text, place } of contentLines(lines, from, to)) {
    const numbered = /^(\d{1,3})[.)] +(\S.*)$/.exec(text)
    if (!numbered) {
      report(place, error('answer/list', say('穴埋めの正解は「1. 」の番号付きで書いてください', 'cloze answers are a "1. " list')))
      continue
    }
    blanks.push({
      ref: String(Number(numbered[1])),
      accepted: (numbered[2] as string)
        .split(' / ')
        .map((answer) => answer.trim())
        .filter((answer) => answer !== ''),
    })
    places.push({ line: place.line, column: text.length - (numbered[2] as string).length + 1 })
  }
  if (blanks.length > 0) return { answer: { form: 'blanks', blanks }, places }
  report({ line: from, column: 1 }, error('answer/missing', say('正解が一つもありません', 'there is no answer')))
  return undefined
}
