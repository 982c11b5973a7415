import type { Expression, Operation } from '../item/expression.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { FUNCTION_WORDS } from './keywords.data.ts'
import { type Said, say } from './said.ts'

/** An expression may hold this many characters, and nest this deep. */
const LONGEST = 200
const DEEPEST = 20

/** The fewest and the most values that a function takes. */
const TAKES = { floor: [1, 2], ceil: [1, 2], round: [1, 2], min: [2, 9], max: [2, 9] } as const

const TOKEN = /\s*(?:(?<number>\d+(?:\.\d+)?)|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<sign>[-+*/(),]))/uy

/** Full width and signs as people type them: ×, ÷, −. */
const folded = (source: string): string =>
  source.normalize('NFKC').replaceAll('×', '*').replaceAll('÷', '/').replace(/[−–]/g, '-').replaceAll('、', ',')

function tokensOf(source: string): string[] | undefined {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < source.length) {
    const match = TOKEN.exec(source)
    if (!match) return undefined
    tokens.push((match.groups?.number ?? match.groups?.name ?? match.groups?.sign) as string)
  }
  return tokens
}

class Refusal extends Error {
  readonly problem: Said
  constructor(problem: Said) {
    super(problem.key)
    this.problem = problem
  }
}

const refuse = (problem: Said): never => {
  throw new Refusal(problem)
}

/** Recursive descent over the tokens: sums of products of signed factors. */
class Parser {
  private readonly tokens: readonly string[]
  private at = 0
  constructor(tokens: readonly string[]) {
    this.tokens = tokens
  }

  whole(): Expression {
    const sum = this.sum(0)
    if (this.at < this.tokens.length) refuse(say('formula.operatorMissing', { token: this.tokens[this.at] as string }))
    return sum
  }

  private take(...wanted: string[]): string | undefined {
    const token = this.tokens[this.at]
    if (token === undefined || !wanted.includes(token)) return undefined
    this.at += 1
    return token
  }

  private sum(depth: number): Expression {
    let left = this.product(depth)
    for (let sign = this.take('+', '-'); sign; sign = this.take('+', '-'))
      left = [sign as Operation, left, this.product(depth)]
    return left
  }

  private product(depth: number): Expression {
    let left = this.factor(depth)
    for (let sign = this.take('*', '/'); sign; sign = this.take('*', '/'))
      left = [sign as Operation, left, this.factor(depth)]
    return left
  }

  private factor(depth: number): Expression {
    if (depth > DEEPEST) refuse(say('formula.tooDeep'))
    if (this.take('-')) return ['-', this.factor(depth + 1)]
    if (this.take('(')) {
      const inner = this.sum(depth + 1)
      if (!this.take(')')) refuse(say('formula.parenthesisMissing'))
      return inner
    }
    const token = this.tokens[this.at] ?? refuse(say('formula.endsEarly'))
    if (/^[-+*/(),]$/.test(token)) refuse(say('formula.wrongPlace', { token }))
    this.at += 1
    return this.take('(') ? this.call(token, depth) : token
  }

  private call(name: string, depth: number): Expression {
    const operation = Object.hasOwn(FUNCTION_WORDS, name)
      ? FUNCTION_WORDS[name as keyof typeof FUNCTION_WORDS]
      : undefined
    if (!operation) return refuse(say('formula.noSuchFunction', { name }))
    const operands = [this.sum(depth + 1)]
    while (this.take(',')) operands.push(this.sum(depth + 1))
    if (!this.take(')')) refuse(say('formula.parenthesisMissing'))
    const [least, most] = TAKES[operation]
    if (operands.length < least || operands.length > most) refuse(say('formula.wrongCount', { name }))
    return [operation, ...operands]
  }
}

/** Reads arithmetic: `+ - × ÷`, parentheses, `floor`, `ceil`, `round` (with decimals), `min`, `max`, in either language. What is wrong is said as part of a sentence. */
export function parseExpression(source: string): Result<Expression, Said> {
  if (source.length > LONGEST) return fail(say('formula.tooLong', { most: LONGEST }))
  const tokens = tokensOf(folded(source).trim())
  if (!tokens) return fail(say('formula.strangeLetters'))
  try {
    return ok(new Parser(tokens).whole())
  } catch (problem) {
    if (problem instanceof Refusal) return fail(problem.problem)
    throw problem
  }
}
