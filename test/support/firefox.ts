import { existsSync } from 'node:fs'
import type { Browser } from 'puppeteer-core'

const installed = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox']

/** Opens Firefox, which is driven by WebDriver BiDi; undefined, and a loud line, where there is none. CI must have one. */
export async function openFirefox(): Promise<Browser | undefined> {
  const executablePath = process.env.FIREFOX_PATH ?? installed.find((path) => existsSync(path))
  if (executablePath) {
    const { launch } = (await import('puppeteer-core')).default
    return launch({ browser: 'firefox', executablePath, extraPrefsFirefox: { 'intl.accept_languages': 'ja' } })
  }
  if (process.env.CI) throw new Error('no Firefox is installed')
  console.error('\n*** NO FIREFOX FOUND: its test is skipped. Set FIREFOX_PATH or install firefox-esr. ***\n')
  return undefined
}
