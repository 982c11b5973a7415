import { Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { achievementOf } from '../../credential/achievement.ts'
import { credentialContexts } from '../../credential/open-badge.ts'
import { latestBank } from '../../item/store.ts'
import { AchievementPage } from './achievement-page.tsx'
import { publicPageContext } from './page-locale.ts'
import { htmlResponse, openJson, type PublicEnv, refuse } from './public-response.ts'

/** What an exam's badge stands for: an Open Badges achievement for programs, a page for people. */
export function achievementRoutes(): Hono<PublicEnv> {
  return new Hono<PublicEnv>().get('/achievements/:exam', async (c) => {
    const { world, trust } = c.var
    const bank = await latestBank(world.db, c.req.param('exam'))
    if (!bank) return refuse(c, { code: 'not-found' })
    const context = publicPageContext(c)
    const form = accepts(c, { header: 'Accept', supports: ['application/json', 'application/ld+json', 'text/html'], default: 'application/json' })
    if (form === 'text/html') return htmlResponse(c, String(await (<AchievementPage exam={bank.exam} issuerName={world.settings.issuerName[context.locale]} context={context} />)))
    const achievement = achievementOf({ exam: bank.exam, origin: world.settings.origin, issuer: trust.ring.issuer, locale: context.locale })
    return openJson(c, { '@context': credentialContexts, ...achievement }, 'public, max-age=300')
  })
}
