import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { createApp } from '../../../src/app.ts'
import { compileExam } from '../../../src/authoring/compile-exam.ts'
import { publishExam } from '../../../src/flows/publish-exam.ts'
import { instant } from '../../../src/kernel/instant.ts'
import { recordWorker } from '../../../src/marketplace/store.ts'
import { openPlugin } from '../../../src/node/open-plugin.ts'
import type { World } from '../../../src/world/world.ts'
import { built } from '../built.ts'
import { giveSession } from '../give-session.ts'
import { officeItems } from '../office-items.ts'
import { quickFolder } from '../quick-folder.ts'

const exam = `---
id: demo
title: { ja: 見本検定, en: Demo }
level: 3
version: 1
locales: [ja]
time: 45m
pass: 70%
valid_for: 2y
retake: { wait: 14d, per_year: 4 }
blueprint: { office: { title: { ja: 事務の基本, en: Office }, draw: 3, min_pool: 1x } }
---

# 見本検定

よく読んでください。
`

const bank = `---
exam: demo
topic: office
locale: ja
defaults: { points: 1, time: 60s, status: live, v: 1 }
---

# 事務の基本

${officeItems}
## office-003 購買の流れ

\`並べ替え\`

先に行うものから順に並べてください。

1. 見積書を受け取る
2. 発注書を送る
3. 納品を受ける

### 解説

見積もり、発注、納品の順です。
`

export interface RealApp {
  readonly origin: string
  readonly world: World
  /** Moves the server's clock forward. */
  advance(milliseconds: number): void
  /** The cookie of a new worker's session. */
  session(
    worker: string,
    name?: string,
  ): Promise<{ name: string; value: string; url: string; secure: boolean; httpOnly: boolean; sameSite: 'Lax' }>
  close(): Promise<void>
}

/** The whole service over an embedded database, with one small exam and no marketplace. */
export async function startRealApp(): Promise<RealApp> {
  await built()
  const folder = await mkdtemp(join(quickFolder, 'kentei-ui-'))
  let ahead = 0
  let fetch: (request: Request) => Response | Promise<Response> = () => new Response(null, { status: 503 })
  const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>((resolve) => {
    const server = serve({ fetch: (request) => fetch(request), port: 0, hostname: 'localhost' }, (info) =>
      resolve({ server, port: info.port }),
    )
  })
  const origin = `http://localhost:${port}`
  const opened = await openPlugin({
    operators: 'role=operator',
    dataFolder: folder,
    migrationsFolder: 'migrations',
    buildFolder: 'dist',
    origin,
    marketplaceOrigin: 'http://localhost:9',
    webhookKeys: [],
    subscriberUrl: 'http://localhost:9/webhooks/kentei',
  })
  const world: World = { ...opened.world, now: () => instant(Date.now() + ahead) }
  const compiled = compileExam(
    [
      { path: 'exam.md', content: exam },
      { path: 'office.ja.md', content: bank },
    ],
    { now: world.now() },
  )
  if (!compiled.bank) throw new Error(JSON.stringify(compiled.diagnostics))
  await publishExam(world, compiled.bank)
  const app = createApp({ openWorld: () => world })
  fetch = (request) => app.fetch(request)
  return {
    origin,
    world,
    advance: (milliseconds) => {
      ahead += milliseconds
    },
    session: async (worker, name = 'みなと') => {
      await recordWorker(world.db, {
        worker,
        tombstones: [],
        subject: `urn:uuid:${world.newUuid()}`,
        name,
        locale: 'ja',
        now: world.now(),
      })
      const { token: value } = await giveSession(
        { db: world.db, secret: world.settings.sessionSecret, now: world.now() },
        { worker, name },
      )
      return {
        name: '__Host-kentei',
        value,
        url: origin.replace('http:', 'https:'),
        secure: true,
        httpOnly: true,
        sameSite: 'Lax',
      }
    },
    close: async () => {
      await new Promise((done) => server.close(done))
      await opened.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
