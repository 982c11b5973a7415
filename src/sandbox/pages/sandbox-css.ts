import { base } from './styles/base.ts'
import { pages } from './styles/pages.ts'
import { parts } from './styles/parts.ts'
import { states } from './styles/states.ts'
import { tokens } from './styles/tokens.ts'

/** The one style sheet of the sandbox. Layers, weakest first. */
export const sandboxCss = `@layer tokens, base, frame, parts, pages, states;\n${tokens}${base}${parts}${pages}${states}`
