import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { openEmbeddedDatabase } from '../../src/world/open-node.ts'
import { outside } from '../../src/world/outside.ts'
import { readSettings } from '../../src/world/settings.ts'
import { noRenderingAssets } from './no-rendering.ts'
import { raceService } from './race-service.ts'

// One of several processes on one database file: tells its port on the first line of its output.
const { db } = await openEmbeddedDatabase(process.env.RACE_DATABASE ?? '', 'migrations')
const settings = readSettings(process.env)
const server = createAdaptorServer({
  fetch: raceService((now) => ({ ...outside, rendering: noRenderingAssets, now: () => now, settings, db })),
})
// a client whose last reply was slow to leave must not find its connection closed
if ('keepAliveTimeout' in server) server.keepAliveTimeout = 120_000
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
