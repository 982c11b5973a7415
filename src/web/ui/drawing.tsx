import { raw } from 'hono/html'
import type { Svg } from '../../credential/badge-artwork.ts'

/** Puts a picture that the service has drawn itself into a page. */
export const Drawing = ({ svg }: { svg: Svg }) => raw(svg)
