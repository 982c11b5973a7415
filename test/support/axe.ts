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

/**
 * Whether axe judges a page in a view of several: with `npm run laws` each; otherwise each in one of them, by turns, so that
 * none goes unjudged. Asked once for each page, which come in the same order in every view.
 */
export function judgedByTurns(view: number, views = 2): () => boolean {
  let page = 0
  return () => process.env.CASES === 'all' || page++ % views === view % views
}
