import { publicRoutes } from '../public/public-routes.ts'
import type { Door } from '../web-env.ts'

/** Anybody with a certificate before them. */
export const publicDoor: Door = () => [publicRoutes()]
