import { bindDoor, closeDoor } from '../../src/node/listen.ts'
import { beginRounds, openMarket } from '../../src/node/open-market.ts'
import { report, runUntilStopped } from '../../src/node/run-until-stopped.ts'
import { createSandbox } from '../../src/sandbox/app.ts'

// The reference marketplace by itself: port, data folder and the origin of its Kentei are its arguments.

const [port = '', directory = '', pluginOrigin = ''] = process.argv.slice(2)

await runUntilStopped(async () => {
  const door = await bindDoor(Number(port), 'the port of the marketplace')
  const market = await openMarket({
    directory,
    origin: `http://127.0.0.1:${port}`,
    pluginOrigin,
    root: process.cwd(),
    pluginSharesClock: false,
  })
  const sandbox = createSandbox(() => market)
  door.open((request, bindings) => sandbox.fetch(request, bindings))
  const rounds = beginRounds(market, 1_000, report)
  return async () => {
    await closeDoor(door, 1_000)
    await rounds.stop()
    await market.close()
  }
})
