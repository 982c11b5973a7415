import { issuerRoutes } from '../public/issuer-routes.ts'
import type { Door } from '../web-env.ts'

/** Programs that verify certificates, everywhere. */
export const verifiersDoor: Door = () => [issuerRoutes()]
