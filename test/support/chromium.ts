import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { createBrotliDecompress } from 'node:zlib'
import { type Browser, chromium } from 'playwright-core'

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
const FOLDER = 'node_modules/.cache/kentei-test'

const packed = (name: string): URL =>
  new URL(`../bin/${name}`, pathToFileURL(createRequire(import.meta.url).resolve('@sparticuz/chromium')))

/** The packaged headless shell. It opens pages in less than half the time of a whole browser, whose windows it does not have. */
async function headlessShell(): Promise<string> {
  const archive = packed('chromium.br')
  const path = resolve(FOLDER, `headless-shell-${(await stat(archive)).size}`)
  if (existsSync(path)) return path
  await mkdir(FOLDER, { recursive: true })
  // several suites may begin at once: none may start what another has half written
  const own = `${path}.${process.pid}`
  await pipeline(createReadStream(archive), createBrotliDecompress(), createWriteStream(own, { mode: 0o755 }))
  await rename(own, path)
  return path
}

/** The same with the system libraries of its archive, for machines that lack Chromium's. */
async function headlessShellWithLibraries(): Promise<string> {
  const { inflate, setupLambdaEnvironment } = await import('@sparticuz/chromium')
  if (!existsSync('/tmp/al2023')) await inflate(packed('al2023.tar.br').pathname)
  setupLambdaEnvironment('/tmp/al2023/lib')
  return headlessShell()
}

function candidates(): readonly (() => string | undefined | Promise<string>)[] {
  const asked = process.env.CHROME_PATH
  if (asked) return [() => asked]
  const found = () => installed.find((path) => existsSync(path))
  return process.platform === 'linux' && process.arch === 'x64'
    ? [headlessShell, found, headlessShellWithLibraries]
    : [found]
}

/** Opens a browser; undefined, and a loud line, where there is none. CI must have one. */
export async function openBrowser(): Promise<Browser | undefined> {
  const reasons: unknown[] = []
  for (const find of candidates()) {
    try {
      const executablePath = await find()
      return await chromium.launch({
        ...(executablePath ? { executablePath } : { channel: 'chrome' }),
        // pages greet a reader in the browser's language
        args: ['--no-sandbox', '--accept-lang=ja'],
      })
    } catch (error) {
      reasons.push(error)
    }
  }
  if (process.env.CI) throw new AggregateError(reasons, 'no browser starts')
  console.error('\n*** NO BROWSER FOUND: the browser tests are skipped. Set CHROME_PATH or install chromium. ***\n')
  return undefined
}
