import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBrowser } from '../support/chromium.ts'
import { type Measure, median } from './measure.ts'

const EXAM = 'exams/business-admin'
const BANK = 'messages.ja.md'
const SAVES = 25

/** Tells when a frame has been drawn in which a candidate can read `text`. */
const WATCH = `window.shown = (text) => new Promise((resolve) => {
  const look = () => { if (document.getElementById('items').textContent.includes(text)) { observer.disconnect(); requestAnimationFrame(() => requestAnimationFrame(() => resolve(Date.now()))) } }
  const observer = new MutationObserver(look)
  observer.observe(document.getElementById('items'), { childList: true, subtree: true, characterData: true })
  look()
})`

/** From saving a file of a real bank to the frame that shows it, in a browser with the whole bank open. */
export async function measurePreview(): Promise<Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kentei-preview-'))
  await cp(EXAM, join(folder, 'exam'), { recursive: true })
  const preview = spawn(process.execPath, ['dist/kentei.mjs', 'preview', join(folder, 'exam'), '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const browser = await openBrowser()
  try {
    if (!browser) return []
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    await page.goto(String((await once(preview.stdout, 'data'))[0]).trim())
    await page.evaluate(WATCH)
    // an author reads before saving: the page is there
    await page.evaluate('new Promise((resolve) => requestIdleCallback(resolve))')
    const path = join(folder, 'exam', BANK)
    const text = await readFile(path, 'utf8')
    const times: number[] = []
    for (let i = 0; i < SAVES; i++) {
      const mark = `保存${String(i).padStart(3, '0')}回`
      const seen = page.evaluate<number>(`shown(${JSON.stringify(mark)})`)
      const saved = Date.now()
      await writeFile(path, text.replace(/最も適切/, `${mark}、最も適切`))
      times.push((await seen) - saved)
    }
    const items = await page.locator('#items > .item').count()
    const sorted = [...times].sort((a, b) => a - b)
    return [
      {
        name: `preview: from saving to the page (${items} items)`,
        value: median(times),
        unit: 'ms',
        most: 200,
        detail: `${sorted[0]}–${sorted.at(-1)} ms in ${times.length} saves, ${times[0]} the first`,
      },
    ]
  } finally {
    await browser?.close()
    preview.kill('SIGINT')
    await once(preview, 'exit')
    await rm(folder, { recursive: true })
  }
}
