import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/** The packaged Chromium. Machines without Chromium's system libraries get those of its `al2023` archive. */
async function packaged(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const { default: sparticuz, inflate, setupLambdaEnvironment } = await import('@sparticuz/chromium')
  const { createRequire } = await import('node:module')
  const path = await sparticuz.executablePath()
  const archive = new URL('../bin/al2023.tar.br', `file://${createRequire(import.meta.url).resolve('@sparticuz/chromium')}`)
  if (!existsSync('/tmp/al2023')) await inflate(archive.pathname)
  setupLambdaEnvironment('/tmp/al2023/lib')
  return path
}

async function find(): Promise<string | undefined> {
  const asked = process.env.CHROME_PATH
  if (asked) return asked
  return installed.find((path) => existsSync(path)) ?? (await packaged().catch(() => undefined))
}

/** Opens a browser; undefined, and a loud line, where there is none. CI must have one. */
export async function openBrowser(): Promise<Browser | undefined> {
  const executablePath = await find()
  try {
    return await chromium.launch({ ...(executablePath ? { executablePath } : { channel: 'chrome' }), args: ['--no-sandbox'] })
  } catch (error) {
    if (process.env.CI) throw error
    console.error('\n*** NO BROWSER FOUND: the browser tests are skipped. Set CHROME_PATH or install chromium. ***\n')
    return undefined
  }
}
