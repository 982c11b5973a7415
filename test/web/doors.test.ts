import { describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { doorAt } from '../../src/web/doors/doors.ts'

const app = createApp({ openWorld: () => Promise.reject(new Error('nobody knocks')) })
/** Every address of the service, but those of files that pages load, which every door has. */
const addresses = [...new Set(app.routes.map(({ path }) => path))].filter(
  (path) => path !== '/*' && !/^\/assets\/|^\/credentials\/assets\/|^\/(kentei-badge\.js|favicon\.ico)$/.test(path),
)

describe('the doors of the Worker', () => {
  it('every address of the whole service is behind the door that answers it', async () => {
    expect(addresses.length).toBeGreaterThan(90)
    const missed: string[] = []
    for (const address of addresses) {
      const open = await doorAt(address)?.open()
      const routes = (open?.() ?? []).flatMap((rooms) => (rooms as typeof app).routes)
      if (!routes.some(({ path }) => path === address)) missed.push(address)
    }
    expect(missed).toEqual([])
  })

  it.each(['/nowhere', '/staffroom', '/api', '/api/nowhere', '/.env', '/favicon.ico'])('none is at %s', (address) => {
    expect(doorAt(address)).toBeUndefined()
  })
})
