import { base } from './styles/base.ts'
import { operators } from './styles/operators.ts'
import { pages } from './styles/pages.ts'
import { parts } from './styles/parts.ts'
import { states } from './styles/states.ts'
import { tokens } from './styles/tokens.ts'
import { trade } from './styles/trade.ts'

/** The one style sheet of the sandbox. Layers, weakest first. */
export const sandboxCss = `@layer tokens, base, frame, parts, pages, trade, operators, states;\n${tokens}${base}${parts}${pages}${trade}${operators}${states}`
