import { Hono } from 'hono'
import type { SandboxEnv } from '../../sandbox-world.ts'
import { link } from '../links.ts'
import { readerOf, signedInAs } from '../page-door.tsx'
import { accountsPages } from './accounts-page.tsx'
import { agreementPages } from './agreement-page.tsx'
import { blocksPages } from './blocks-page.tsx'
import { casePages } from './case-pages.tsx'
import { moneyPages } from './contracts-page.tsx'
import { deliveriesPages } from './deliveries-page.tsx'
import { detectorPages } from './detector-page.tsx'
import { learningPages } from './learning-page.tsx'
import { noticedPages } from './noticed-page.tsx'
import { queuePages } from './queue-page.tsx'
import { samplesPages } from './samples-page.tsx'
import { secondPages } from './second-page.tsx'
import { worklistPages } from './worklist-pages.tsx'

/** The pages of operators: nobody else opens any of them. */
export function operatorsPages(): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>()
  const operators = signedInAs('operator')
  app.use('/operators', operators)
  app.use('/operators/*', operators)
  app.get('/operators', (c) => c.redirect(link(readerOf(c).locale, '/operators/queue'), 303))
  for (const pages of [
    queuePages,
    casePages,
    secondPages,
    agreementPages,
    worklistPages,
    blocksPages,
    moneyPages,
    detectorPages,
    learningPages,
    noticedPages,
    accountsPages,
    samplesPages,
    deliveriesPages,
  ])
    app.route('/', pages())
  return app
}
