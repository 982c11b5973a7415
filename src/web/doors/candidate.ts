import { candidateApi } from '../api/candidate-api.ts'
import { launchRoutes } from '../api/launch-routes.ts'
import { sessionApi } from '../api/session-api.ts'
import { candidateRoutes } from '../candidate/candidate-routes.tsx'
import type { Door } from '../web-env.ts'

/** Who sits exams: from the launch to the certificate. */
export const candidateDoor: Door = () => [launchRoutes(), sessionApi(), candidateApi(), candidateRoutes()]
