import type { Page } from 'playwright-core'

/** Waits until the page of an attempt has saved all that was entered: what it shows alone may be of an answer before the last. */
export async function allSaved(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const waiting = localStorage.getItem(`kentei.${location.pathname.split('/')[2]}`)
    return document.querySelector('#save[data-s=saved]') !== null && (waiting === null || waiting === '{}')
  })
}
