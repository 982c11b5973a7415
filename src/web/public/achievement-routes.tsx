import { Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { achievementOf } from '../../credential/achievement.ts'
import { credentialContexts } from '../../credential/open-badge.ts'
import { readEndorsementOf } from '../../flows/endorse-achievement.ts'
import { examShown } from '../../flows/judge-bank.ts'
import { latestBank } from '../../item/store.ts'
import { AchievementPage } from './achievement-page.tsx'
import { publicPageContext } from './page-locale.ts'
import { htmlResponse, openJson, type PublicEnv, refuse } from './public-response.ts'

/** What an exam's badge stands for: an Open Badges achievement for programs, a page for people. */
export function achievementRoutes(): Hono<PublicEnv> {
  return new Hono<PublicEnv>().get('/achievements/:exam', async (c) => {
    const { world, trust } = c.var
    const bank = await latestBank(world.db, c.req.param('exam'))
    const form = accepts(c, {
      header: 'Accept',
      supports: ['application/json', 'application/ld+json', 'text/html'],
      default: 'application/json',
    })
    if (!bank) return form === 'text/html' ? c.notFound() : refuse({ code: 'not-found' })
    const context = publicPageContext(c)
    const exam = await examShown(world, bank)
    const endorsement = await readEndorsementOf(world, exam.id)
    const issuerName = world.settings.issuerName[context.locale]
    if (form === 'text/html')
      return htmlResponse(
        c,
        <AchievementPage exam={exam} issuerName={issuerName} endorsement={endorsement} context={context} />,
      )
    const endorsements = endorsement?.state === 'holds' ? [endorsement.jwt] : []
    const achievement = achievementOf({
      exam,
      origin: world.settings.origin,
      issuer: trust.ring.issuer,
      locale: context.locale,
      endorsements,
    })
    return openJson(c, { '@context': credentialContexts, ...achievement }, 'public, max-age=300', form)
  })
}
