import { raw } from 'hono/html'
import type { CompiledHtml } from '../../item/markup/compiled-html.ts'

/** Writes HTML of the Markdown compiler as it stands: the one place where a page writes markup that is not its own. */
export const Compiled = ({ html }: { html: CompiledHtml }) => raw(html)
