import type { Browser } from 'playwright-core'

/** Where pages are opened: a browser, or whatever gives it more for its contexts. */
type Opener = Pick<Browser, 'newContext'>

/** What a browser sees of a page that it never saw before. */
interface Look {
  /** Bytes of all answers as they came, heads included, until then. */
  readonly bytes: number
  /** Milliseconds from the start of the way there to the first content on the screen. */
  readonly paintedAt: number
  /** The layout's shifts, summed, from the load on. */
  readonly shift: number
}

/** Opens a page in a fresh context, with a processor so many times slower, and waits until it is loaded or the network rests. @throws where the page does not answer. */
export async function lookAt(
  browser: Opener,
  {
    url,
    width,
    slower = 1,
    until = 'networkidle',
  }: {
    readonly url: string
    readonly width: number
    readonly slower?: number
    readonly until?: 'load' | 'networkidle'
  },
): Promise<Look> {
  const context = await browser.newContext({ viewport: { width, height: 844 } })
  try {
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    let bytes = 0
    devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength
    })
    await devtools.send('Network.enable')
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower })
    await page.goto(url, { waitUntil: until })
    const seen = await page.evaluate(async () => {
      const entries = <Entry extends PerformanceEntry>(type: string) =>
        new Promise<Entry[]>((resolve) => {
          const found: Entry[] = []
          const observer = new PerformanceObserver((list) => found.push(...(list.getEntries() as Entry[])))
          observer.observe({ type, buffered: true })
          // what is buffered comes before the second frame from now
          requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(found))))
        })
      const shifts = await entries<PerformanceEntry & { value: number }>('layout-shift')
      const paints = await entries<PerformanceEntry>('paint')
      return {
        shift: shifts.reduce((sum, { value }) => sum + value, 0),
        paintedAt: paints.find(({ name }) => name === 'first-contentful-paint')?.startTime ?? Number.NaN,
      }
    })
    return { bytes, ...seen }
  } finally {
    await context.close()
  }
}
