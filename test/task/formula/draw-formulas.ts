import { type Random, randomFrom } from '../../../src/kernel/random.ts'
import type { Case } from './ironcalc.ts'

const ROWS = 8
const SHOPS = ['本店', '駅前店', '港店', '']
const CODES = ['K-01', 'K-02', 'K-03', 'K-99']

/** Twelve sheets and formulas over them of the kinds that offices use, all from a seed. */
export function drawCases(seed: string, count: number): readonly Case[] {
  const random = randomFrom(seed)
  return Array.from({ length: count }, () => ({ cells: drawCells(random), formula: `=${new Drawer(random).any(3)}` }))
}

function drawCells(random: Random): Case['cells'] {
  const cells: Record<string, number | string | boolean> = {}
  for (let row = 1; row <= ROWS; row++) {
    const put = (column: string, value: number | string | boolean) => {
      if (value !== '') cells[column + row] = value
    }
    // numbers, some of them missing or not numbers; shops; whole numbers in order; codes; days
    put('A', ['', '未定', random.below(200) / 4, random.below(40), random.below(40)][random.below(5)] ?? '')
    put('B', SHOPS[random.below(4)] ?? '')
    put('C', row * 10 + random.below(5))
    put('D', CODES[random.below(4)] ?? '')
    put('E', 46_000 + random.below(700))
  }
  return cells
}

class Drawer {
  readonly random: Random
  constructor(random: Random) {
    this.random = random
  }

  of<T>(...choices: readonly T[]): T {
    return choices[this.random.below(choices.length)] as T
  }

  any(depth: number): string {
    return this.of(
      () => this.number(depth),
      () => this.text(depth),
      () => this.truth(depth),
    )()
  }

  row(): number {
    return 1 + this.random.below(ROWS + 1)
  }

  range(column: string): string {
    const [from, to] = [1 + this.random.below(3), ROWS - this.random.below(3)]
    return this.of(`${column}${from}:${column}${to}`, `$${column}$${from}:$${column}$${to}`)
  }

  numbers(): string {
    return this.range(this.of('A', 'A', 'C', 'E'))
  }

  criterion(): string {
    const n = this.random.below(40)
    return this.of(`">=${n}"`, `"<${n}"`, `"<>${n}"`, `${n}`, `">"&C${this.row()}`, `"=${n}"`)
  }

  textCriterion(): string {
    return this.of('"本店"', '"*店"', '"??店"', '"<>本店"', '"K-*"', `B${1 + this.random.below(ROWS)}`, '"<>"', '"駅*"')
  }

  number(depth: number): string {
    if (depth === 0)
      return this.of(
        `${this.random.below(60)}`,
        `${this.random.below(500) / 8}`,
        `A${this.row()}`,
        `C${this.row()}`,
        '-3',
        '0',
      )
    const n = () => this.number(depth - 1)
    const t = () => this.text(depth - 1)
    const b = () => this.truth(depth - 1)
    const k = () => this.random.below(4)
    const columns = () => this.of(['B', 'A'], ['B', 'C'], ['D', 'C'], ['D', 'A'])
    return this.of(
      () => `${n()}${this.of('+', '-', '*', '/')}${n()}`,
      () => `(${n()}${this.of('+', '-', '*')}${n()})${this.of('^2', '%', '')}`,
      () => `-${n()}`,
      () =>
        `${this.of('SUM', 'AVERAGE', 'MAX', 'MIN', 'COUNT', 'COUNTA', 'MEDIAN', 'PRODUCT', 'STDEV.S', 'VAR.P')}(${this.numbers()})`,
      () => `SUM(${this.numbers()},${n()})`,
      () => `COUNTBLANK(${this.range(this.of('A', 'B'))})`,
      () => `COUNTIF(${this.numbers()},${this.criterion()})`,
      () => `COUNTIF(${this.range(this.of('B', 'D'))},${this.textCriterion()})`,
      () => `SUMIF(${this.numbers()},${this.criterion()})`,
      () => `SUMIF($B$1:$B$8,${this.textCriterion()},$${this.of('A', 'C')}$1:$A$8)`.replace('$C$1:$A$8', '$C$1:$C$8'),
      () =>
        `${this.of('SUMIFS', 'AVERAGEIFS', 'MAXIFS', 'MINIFS')}(C1:C8,B1:B8,${this.textCriterion()},A1:A8,${this.criterion()})`,
      () => `COUNTIFS(B1:B8,${this.textCriterion()},C1:C8,${this.criterion()})`,
      () => `AVERAGEIF(B1:B8,${this.textCriterion()},C1:C8)`,
      () => `IF(${b()},${n()},${n()})`,
      () => `IFERROR(${n()},${n()})`,
      () => `IFS(${b()},${n()},TRUE,${n()})`,
      () => `SWITCH(${k()},0,${n()},1,${n()},${n()})`,
      () => `CHOOSE(${1 + k()},${n()},${n()},${n()},${n()})`,
      () => {
        const [keys, values] = columns()
        return `XLOOKUP(${this.of('"本店"', '"K-02"', `D${this.row()}`, '"なし"')},${keys}1:${keys}8,${values}1:${values}8${this.of('', ',0', ',-1')})`
      },
      () =>
        `VLOOKUP(${this.of('"本店"', '"港*"', `B${1 + this.random.below(ROWS)}`)},B1:C8,${this.of(1, 2, 2, 3)},FALSE)`,
      () => `VLOOKUP(${n()},C1:E8,${this.of(1, 3)},TRUE)`,
      () => `INDEX(${this.of('A', 'C')}1:C8,${1 + this.random.below(9)}${this.of(',1', ',1')})`,
      () => `MATCH(${n()},C1:C8,${this.of(0, 1)})`,
      () => `MATCH("${this.of(...CODES)}",D1:D8,0)`,
      () => `${this.of('ROUND', 'ROUNDUP', 'ROUNDDOWN')}(${n()},${this.of(-1, 0, 1, 2)})`,
      () => `${this.of('INT', 'ABS', 'TRUNC', 'SIGN')}(${n()})`,
      () => `MOD(${n()},${1 + k()})`,
      () => `QUOTIENT(${n()},${1 + k()})`,
      () => `${this.of('CEILING', 'FLOOR')}(${this.random.below(400) / 4},${1 + k()})`,
      () => `${this.of('LARGE', 'SMALL')}(${this.numbers()},${1 + k()})`,
      () => `RANK(C${1 + this.random.below(ROWS)},C1:C8${this.of('', ',1')})`,
      () => `SUMPRODUCT((B1:B8=${this.of('"本店"', '"港店"')})*C1:C8)`,
      () => `SUMPRODUCT((C1:C8>${n()})*1)`,
      () => `SUBTOTAL(${this.of(9, 1, 2, 3, 4, 5)},${this.numbers()})`,
      () => `LEN(${t()})`,
      () => `FIND("-",${t()})`,
      () => `SEARCH("${this.of('店', 'k', '?-')}",${t()})`,
      () => `${this.of('YEAR', 'MONTH', 'DAY', 'WEEKDAY')}(E${1 + this.random.below(ROWS)}+${this.random.below(60)})`,
      () => `WEEKDAY(E1,${this.of(1, 2, 3, 11)})`,
      () => `${this.of('EDATE', 'EOMONTH')}(E${1 + this.random.below(ROWS)},${this.random.below(30) - 15})`,
      () => `DATE(${2020 + this.random.below(8)},${this.random.below(15)},${this.random.below(33)})`,
      () => `DATEDIF(E1,E1+${this.random.below(900)},"${this.of('Y', 'M', 'D', 'YM')}")`,
      () => `NETWORKDAYS(E${1 + this.random.below(ROWS)},E${1 + this.random.below(ROWS)})`,
      () => `WORKDAY(E1,${this.random.below(40) - 15})`,
      () => `${this.of('HOUR', 'MINUTE', 'SECOND')}(${this.random.below(86_400)}/86400)`,
      () => `VALUE(TEXT(${n()},"0.00"))`,
      () => `N(${this.any(depth - 1)})`,
      () => `ROWS(A1:C${1 + this.random.below(8)})`,
    )()
  }

  text(depth: number): string {
    if (depth === 0) return this.of(`B${this.row()}`, `D${this.row()}`, '"abc-DEF"', '"東京都港区"', '""')
    const n = () => this.number(depth - 1)
    const t = () => this.text(depth - 1)
    const k = () => this.random.below(5)
    return this.of(
      () => `${t()}&${t()}`,
      () => `${t()}&${this.random.below(1_000)}`,
      () => `LEFT(${t()},${k()})`,
      () => `RIGHT(${t()},${k()})`,
      () => `MID(${t()},${1 + k()},${k()})`,
      () => `UPPER(${t()})`,
      () => `LOWER(${t()})`,
      () => `TRIM("  a "&${t()}&" ")`,
      () => `SUBSTITUTE(${t()},"${this.of('-', '店', 'K')}","${this.of('', '/')}")`,
      () => `REPLACE(${t()},${1 + k()},${k()},"X")`,
      () => `REPT(${t()},${k()})`,
      () => `CONCAT(${t()},${t()})`,
      () => `TEXTJOIN(",",${this.of('TRUE', 'FALSE')},B1:B8)`,
      () => `IF(${this.truth(depth - 1)},${t()},${t()})`,
      () => `IFERROR(${this.any(depth - 1)},"無効")`,
      () => `TEXT(${n()},"${this.of('0', '0.0', '#,##0', '0%', '0.00', '000')}")`,
      () => `TEXT(E${1 + this.random.below(ROWS)},"${this.of('yyyy/mm/dd', 'm/d', 'yyyy-mm', 'dddd', 'mmm')}")`,
      () => `T(${this.any(depth - 1)})`,
      () => `INDEX(B1:B8,MATCH(${n()},C1:C8))`,
      () => `XLOOKUP(${n()},C1:C8,D1:D8,"なし",${this.of(0, -1, 1)})`,
    )()
  }

  truth(depth: number): string {
    if (depth === 0) return this.of('TRUE', 'FALSE', `A${this.row()}>10`, `B${this.row()}="本店"`, `A${this.row()}=""`)
    const n = () => this.number(depth - 1)
    const t = () => this.text(depth - 1)
    const b = () => this.truth(depth - 1)
    return this.of(
      () => `${n()}${this.of('=', '<>', '<', '>', '<=', '>=')}${n()}`,
      () => `${t()}${this.of('=', '<>')}${t()}`,
      () => `AND(${b()},${b()})`,
      () => `OR(${b()},${b()})`,
      () => `NOT(${b()})`,
      () => `${this.of('ISNUMBER', 'ISTEXT', 'ISBLANK', 'ISERROR', 'ISNA')}(${this.any(depth - 1)})`,
      () => `EXACT(${t()},${t()})`,
    )()
  }
}
