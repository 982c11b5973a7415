import type { Expression, Operation } from '../item/expression.ts'
import { fail, ok, type Result } from '../kernel/result.ts'

/** An expression may hold this many characters, and nest this deep. */
const LONGEST = 200
const DEEPEST = 20

const FUNCTIONS: Readonly<Record<string, { readonly operation: Operation; readonly least: number; readonly most: number }>> = {
  floor: { operation: 'floor', least: 1, most: 2 },
  切捨て: { operation: 'floor', least: 1, most: 2 },
  切り捨て: { operation: 'floor', least: 1, most: 2 },
  ceil: { operation: 'ceil', least: 1, most: 2 },
  切上げ: { operation: 'ceil', least: 1, most: 2 },
  切り上げ: { operation: 'ceil', least: 1, most: 2 },
  round: { operation: 'round', least: 1, most: 2 },
  四捨五入: { operation: 'round', least: 1, most: 2 },
  min: { operation: 'min', least: 2, most: 9 },
  最小: { operation: 'min', least: 2, most: 9 },
  max: { operation: 'max', least: 2, most: 9 },
  最大: { operation: 'max', least: 2, most: 9 },
}

const TOKEN = /\s*(?:(?<number>\d+(?:\.\d+)?)|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<sign>[-+*/(),]))/uy

/** Full width and signs as people type them: ×, ÷, −. */
const folded = (source: string): string => source.normalize('NFKC').replaceAll('×', '*').replaceAll('÷', '/').replace(/[−–]/g, '-').replaceAll('、', ',')

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

/** What went wrong, as part of a sentence in both languages. */
export interface ExpressionProblem {
  readonly ja: string
  readonly en: string
}

class Refusal extends Error {
  readonly problem: ExpressionProblem
  constructor(problem: ExpressionProblem) {
    super(problem.en)
    this.problem = problem
  }
}

const refuse = (ja: string, en: string): never => {
  throw new Refusal({ ja, en })
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
    if (this.at < this.tokens.length) refuse(`「${this.tokens[this.at]}」の前に演算子がありません`, `an operator is missing before "${this.tokens[this.at]}"`)
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
    for (let sign = this.take('+', '-'); sign; sign = this.take('+', '-')) left = [sign as Operation, left, this.product(depth)]
    return left
  }

  private product(depth: number): Expression {
    let left = this.factor(depth)
    for (let sign = this.take('*', '/'); sign; sign = this.take('*', '/')) left = [sign as Operation, left, this.factor(depth)]
    return left
  }

  private factor(depth: number): Expression {
    if (depth > DEEPEST) refuse('かっこの入れ子が深すぎます', 'it is nested too deeply')
    if (this.take('-')) return ['-', this.factor(depth + 1)]
    if (this.take('(')) {
      const inner = this.sum(depth + 1)
      if (!this.take(')')) refuse('「)」が足りません', '")" is missing')
      return inner
    }
    const token = this.tokens[this.at] ?? refuse('式が途中で終わっています', 'it ends too early')
    if (/^[-+*/(),]$/.test(token)) refuse(`「${token}」の場所が違います`, `"${token}" stands in the wrong place`)
    this.at += 1
    return this.take('(') ? this.call(token, depth) : token
  }

  private call(name: string, depth: number): Expression {
    const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined
    if (!known) return refuse(`「${name}」という関数はありません（floor・ceil・round・min・max が使えます）`, `there is no function "${name}" (use floor, ceil, round, min or max)`)
    const operands = [this.sum(depth + 1)]
    while (this.take(',')) operands.push(this.sum(depth + 1))
    if (!this.take(')')) refuse('「)」が足りません', '")" is missing')
    if (operands.length < known.least || operands.length > known.most) refuse(`「${name}」に渡す値の数が違います`, `"${name}" takes another number of values`)
    return [known.operation, ...operands]
  }
}

/** Reads arithmetic: `+ - × ÷`, parentheses, `floor`, `ceil`, `round` (with decimals), `min`, `max`, in either language. */
export function parseExpression(source: string): Result<Expression, ExpressionProblem> {
  if (source.length > LONGEST) return fail({ ja: `式が長すぎます（${LONGEST}字まで）`, en: `it is too long (at most ${LONGEST} characters)` })
  const tokens = tokensOf(folded(source).trim())
  if (!tokens) return fail({ ja: '数・変数・演算子のほかの文字があります', en: 'it holds something other than numbers, variables and operators' })
  try {
    return ok(new Parser(tokens).whole())
  } catch (problem) {
    if (problem instanceof Refusal) return fail(problem.problem)
    throw problem
  }
}
