import { docsRoutes } from '../api/docs-routes.tsx'
import type { Door } from '../web-env.ts'

/** Who integrates the service. */
export const documentsDoor: Door = () => [docsRoutes()]
