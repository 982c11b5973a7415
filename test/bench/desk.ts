import { openChecker } from '../../src/desk/open-checker.ts'
import { itemHeadings } from '../../src/item/source/items-in-file.ts'
import { openBrowser } from '../support/chromium.ts'
import { openDeskHarness } from '../support/desk-harness.ts'
import { generateExam, NOW } from './generated-exam.ts'
import { type Measure, median } from './measure.ts'

const EDITS = 15
const FILE = 'topicc.ja.md'
/** Items, and the most milliseconds to the view and to the findings. */
const SIZES = [
  [250, 100, 100],
  [5_000, 300, 400],
] as const

const textsOf = (items: number) =>
  Object.fromEntries(generateExam(items).map(({ path, content }) => [path, content as string]))
const edited = (text: string, i: number) =>
  text.replace('対応として最も適切', `${'あ'.repeat(i + 1)}対応として最も適切`)

/** From an edit to what is found in the whole exam. */
function measureEdits(items: number, most: number): Measure[] {
  const texts = textsOf(items)
  const checker = openChecker('ja')
  for (const [path, text] of Object.entries(texts)) checker.put(path, text)
  checker.look(NOW)
  const file = texts[FILE] as string
  const looks: number[] = []
  for (let i = 0; i < EDITS; i++) {
    const now = edited(file, i)
    const from = performance.now()
    checker.put(FILE, now)
    checker.look(NOW)
    looks.push(performance.now() - from)
  }
  return [{ name: `desk: an edit to the findings (${items} items)`, value: median(looks), unit: 'ms', most }]
}

/** Tells how long after a letter a frame has been drawn in which a candidate can read `mark`. */
const WATCH = `window.whenShown = (mark) => new Promise((resolve) => {
  const inside = document.querySelector('#desk-view iframe').contentDocument
  let typed = performance.now()
  document.querySelector('.edscroll').shadowRoot.addEventListener('input', () => { typed = performance.now() }, { once: true, capture: true })
  const look = () => {
    if (inside.body.textContent.includes(mark)) requestAnimationFrame(() => resolve(performance.now() - typed))
    else requestAnimationFrame(look)
  }
  look()
})`

/** The same in a browser, to the frame after the one in which the view holds what was typed. */
async function measureTyping(items: number, most: number): Promise<Measure[]> {
  const texts = textsOf(items)
  const ids = itemHeadings(texts[FILE] as string).map(({ id }) => id)
  const desk = await openDeskHarness(texts, { path: FILE, items: ids.slice(0, 1) })
  const browser = await openBrowser()
  try {
    if (!browser) return []
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    await page.goto(desk.url)
    await page.locator('#desk[data-found]').waitFor({ timeout: 120_000 })
    await page.evaluate(WATCH)
    await page.locator('.cm-content').click()
    await page.keyboard.press('Control+Home')
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('End')
    const times: number[] = []
    for (let i = 0; i < EDITS; i++) {
      const mark = `印${i}。`
      const shown = page.evaluate<number>(`whenShown(${JSON.stringify(mark)})`)
      await page.keyboard.insertText(mark)
      times.push(await shown)
    }
    return [{ name: `desk: a letter to the view in Chromium (${items} items)`, value: median(times), unit: 'ms', most }]
  } finally {
    await browser?.close()
    desk.close()
  }
}

export async function measureDesk(): Promise<Measure[]> {
  const inNode = SIZES.flatMap(([items, , most]) => measureEdits(items, most))
  const typed: Measure[] = []
  for (const [items, most] of SIZES) typed.push(...(await measureTyping(items, most)))
  return [...inNode, ...typed]
}
