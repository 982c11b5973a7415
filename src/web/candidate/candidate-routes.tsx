import { Hono } from 'hono'
import { pageResponse } from '../ui/page-response.tsx'
import { pageContext } from '../ui/request-context.ts'
import type { WebEnv } from '../web-env.ts'
import { AccessibilityPage, PassScorePage, PrivacyPage, RankingPage, SecurityPage } from './about/about-pages.tsx'
import { type CandidateFlows, liveFlows } from './candidate-flows.ts'
import { examRoutes } from './exam/exam-routes.tsx'
import { practiceRoutes } from './practice/practice-routes.tsx'
import { resultRoutes } from './result/result-routes.tsx'
import { attemptRoutes } from './runner/attempt-routes.tsx'
import { studyRoutes } from './study/study-routes.tsx'

/** Everything a candidate sees, as one sub-app. */
export function candidateRoutes(flows: CandidateFlows = liveFlows): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get('/about/pass-score', (c) => pageResponse(c, <PassScorePage context={pageContext(c)} />))
    .get('/about/ranking', (c) => pageResponse(c, <RankingPage context={pageContext(c)} />))
    .get('/about/accessibility', (c) => pageResponse(c, <AccessibilityPage context={pageContext(c)} />))
    .get('/about/privacy', (c) => pageResponse(c, <PrivacyPage context={pageContext(c)} />))
    .get('/about/security', (c) =>
      pageResponse(c, <SecurityPage context={pageContext(c)} settings={c.get('world').settings} />),
    )
    .route('/', practiceRoutes())
    .route('/', studyRoutes())
    .route('/', examRoutes(flows))
    .route('/', resultRoutes(flows))
    .route('/', attemptRoutes(flows))
}
