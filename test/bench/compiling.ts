import { lexer } from 'marked'
import { compileExam } from '../../src/authoring/compile-exam.ts'
import { generateExam, NOW } from './generated-exam.ts'
import { inTurn, type Measure, rounded, timed } from './measure.ts'

const ITEMS = 5_000
const ROUNDS = 7

/** Compiling against the Markdown lexer alone, over the same text. */
export async function measureCompiling(): Promise<Measure[]> {
  const files = generateExam(ITEMS)
  const compile = (lint: boolean) => {
    const { bank, diagnostics } = compileExam(files, { now: NOW, lint })
    if (bank?.items.length !== ITEMS)
      throw new Error(`compiled ${bank?.items.length} items: ${JSON.stringify(diagnostics.slice(0, 3))}`)
  }
  const lex = () => {
    for (const file of files) lexer(file.content as string)
  }
  const { ratio, a, b } = await inTurn(
    ROUNDS,
    () => timed(lex),
    () => timed(() => compile(false)),
  )
  const linted = await timed(() => compile(true))
  return [
    {
      name: `compileExam of ${ITEMS.toLocaleString('en')} items ÷ marked.lexer`,
      value: ratio,
      unit: '×',
      most: 1.5,
      detail: `${rounded(b)} ÷ ${rounded(a)} ms`,
    },
    { name: 'the same with all lint rules', value: linted, unit: 'ms' },
  ]
}
