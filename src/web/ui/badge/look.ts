import look from './look.css?asset'
import type { State } from './words.ts'

let sheet: CSSStyleSheet | undefined

/** One constructed sheet for all badges of a page: a policy against inline styles does not forbid it. */
export function badgeSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(look.text)
  }
  return sheet
}

const CROSS = 'M5 5l10 10M15 5L5 15'
const QUESTION = 'M6 7a4 4 0 1 1 5 4l-1 1v1M10 17v.1'
const marks: Readonly<Record<State, string>> = {
  valid: 'M4 10.5l4 4 8-9',
  expired: 'M10 3a7 7 0 1 0 .1 0M10 6v4l3 2',
  suspended: 'M7 5v10M13 5v10',
  revoked: CROSS,
  invalid: CROSS,
  unknown: QUESTION,
  missing: QUESTION,
  erased: 'M5 10h10',
  asking: 'M4 10h.1M10 10h.1M16 10h.1',
}

/** The sign of a state, beside its word. */
export function markOf(state: State): SVGSVGElement {
  const make = <K extends 'svg' | 'path'>(name: K) => document.createElementNS('http://www.w3.org/2000/svg', name)
  const svg = make('svg')
  svg.setAttribute('viewBox', '0 0 20 20')
  svg.setAttribute('aria-hidden', 'true')
  const path = make('path')
  path.setAttribute('d', marks[state])
  svg.replaceChildren(path)
  return svg
}
