/** p = 1 / (1 + e^−(bias + Σ weightᵢ·inputᵢ)) */
export interface Logistic {
  readonly bias: number
  readonly weights: readonly number[]
}

export const sigmoid = (score: number): number => 1 / (1 + Math.exp(-score))

export const logisticAt = ({ bias, weights }: Logistic, inputs: readonly number[]): number => sigmoid(weights.reduce((sum, weight, at) => sum + weight * (inputs[at] as number), bias))

/** Keeps the fit finite where the labels can be told apart without error. */
const RIDGE = 0.05
const STEPS = 30

/** Solves a small positive definite system by Gauss elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] as number])
  const size = rows.length
  for (const [pivot, row] of rows.entries()) {
    for (const below of rows.slice(pivot + 1)) {
      const factor = (below[pivot] as number) / (row[pivot] as number)
      for (let column = pivot; column <= size; column += 1) below[column] = (below[column] as number) - factor * (row[column] as number)
    }
  }
  const solution = new Array<number>(size).fill(0)
  for (let at = size - 1; at >= 0; at -= 1) {
    const row = rows[at] as number[]
    let rest = row[size] as number
    for (let column = at + 1; column < size; column += 1) rest -= (row[column] as number) * (solution[column] as number)
    solution[at] = rest / (row[at] as number)
  }
  return solution
}

/** Newton's method. Labels are smoothed as Platt 1999 does: (n₊+1)/(n₊+2) and 1/(n₋+2). */
function fitAll(inputs: readonly (readonly number[])[], labels: readonly boolean[]): number[] {
  const positives = labels.filter(Boolean).length
  const high = (positives + 1) / (positives + 2)
  const low = 1 / (labels.length - positives + 2)
  const size = (inputs[0]?.length ?? 0) + 1
  const beta = new Array<number>(size).fill(0)
  for (let round = 0; round < STEPS; round += 1) {
    const gradient = beta.map((value, at) => (at === 0 ? 0 : RIDGE * value))
    const hessian = beta.map((_, i) => beta.map((__, j) => (i === j ? (i === 0 ? 1e-6 : RIDGE) : 0)))
    for (const [at, row] of inputs.entries()) {
      const x = [1, ...row]
      const p = sigmoid(x.reduce((sum, value, i) => sum + value * (beta[i] as number), 0))
      const error = p - (labels[at] ? high : low)
      const weight = Math.max(p * (1 - p), 1e-9)
      for (let i = 0; i < size; i += 1) {
        gradient[i] = (gradient[i] as number) + error * (x[i] as number)
        const line = hessian[i] as number[]
        for (let j = 0; j < size; j += 1) line[j] = (line[j] as number) + weight * (x[i] as number) * (x[j] as number)
      }
    }
    const step = solve(hessian, gradient)
    // a bounded step keeps Newton from overshooting where the curve is flat
    const longest = Math.max(1, ...step.map(Math.abs))
    for (let i = 0; i < size; i += 1) beta[i] = (beta[i] as number) - (step[i] as number) / longest
    if (longest === 1 && Math.max(...step.map(Math.abs)) < 1e-7) break
  }
  return beta
}

/** A logistic curve that never falls in any input: an input that would make it fall gets no weight. */
export function fitRisingLogistic(inputs: readonly (readonly number[])[], labels: readonly boolean[]): Logistic {
  const width = inputs[0]?.length ?? 0
  let used = Array.from({ length: width }, (_, at) => at)
  while (true) {
    const columns = used
    const [bias = 0, ...values] = fitAll(
      inputs.map((row) => columns.map((column) => row[column] as number)),
      labels,
    )
    const falling = columns.filter((_, at) => (values[at] as number) < 0)
    if (falling.length === 0) return { bias, weights: Array.from({ length: width }, (_, column) => (columns.includes(column) ? (values[columns.indexOf(column)] as number) : 0)) }
    used = columns.filter((column) => !falling.includes(column))
  }
}
