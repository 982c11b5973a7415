import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'

// each page reads it anew: the written form is more than twice as long
const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Opens everything that folds. */
export const unfold = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })

/**
 * What axe finds wrong with a page as it stands: a line for each rule, with the first element that breaks it.
 */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(source)
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ['violations'],
      // the elements are told by their HTML, and style sheets are the page's own
      selectors: false,
      preload: false,
    })
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)
  })
}

/** How somebody looks at pages. */
export interface View {
  readonly locale: 'ja' | 'en' | 'ja-simple'
  readonly scheme: 'light' | 'dark'
  readonly width: number
}

/** A way through pages, and the views that they stand in by turns. */
interface Walk<Way> {
  readonly named: string
  readonly next: () => Way
}

/**
 * The ways through pages that are to be seen in several views: with `npm run laws` one way in each view; otherwise a single
 * one, on which each page stands in one of the views, by turns.
 */
export const walksIn = <Way extends object>(views: readonly Way[]): readonly Walk<Way>[] =>
  (process.env.CASES === 'all' ? views.map((view) => [view]) : [views]).map((turns) => {
    let page = 0
    return {
      named: turns.map((view) => Object.values(view).join(' ')).join(', '),
      next: () => turns[page++ % turns.length] as Way,
    }
  })

/** Gives a page that comes next the window and the colours of a view. */
export async function standIn(page: Page, { scheme, width }: Pick<View, 'scheme' | 'width'>): Promise<void> {
  await page.setViewportSize({ width, height: 900 })
  await page.emulateMedia({ colorScheme: scheme })
}

/** Widths that nothing may scroll sideways at: a phone, and 400 % zoom of a desktop. */
const NARROW = [390, 320]

/** What is wrong with a page as it stands: what axe finds in this window, and whether it scrolls sideways in this one or a narrower one. */
export async function faultsOf(page: Page): Promise<string[]> {
  const wrong = await axeViolations(page)
  const own = page.viewportSize() ?? { width: 1280, height: 900 }
  for (const width of [own.width, ...NARROW.filter((narrow) => narrow < own.width)]) {
    if (width !== own.width) await page.setViewportSize({ ...own, width })
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
      wrong.push(`scrolls sideways at ${width} px`)
  }
  await page.setViewportSize(own)
  return wrong
}
