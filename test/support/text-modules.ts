import { registerHooks } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compileTexts, subjectsOf } from '../../src/node/texts.ts'

// Lets Node itself import `?texts`, which is the bundler's otherwise. What needs it is imported after this.

const FOLDER = 'src/texts'
const subjects = await subjectsOf(FOLDER)
const sources = new Map(
  await Promise.all(
    subjects.map(async (subject) => {
      const path = resolve(FOLDER, subject)
      return [`${pathToFileURL(path).href}?texts` as string, `export default ${JSON.stringify(await compileTexts(path))}`] as const
    }),
  ),
)

registerHooks({
  resolve(specifier, context, next) {
    const url = specifier.endsWith('?texts') && context.parentURL ? new URL(specifier, context.parentURL).href : ''
    return sources.has(url) ? { url, format: 'module', shortCircuit: true } : next(specifier, context)
  },
  load(url, context, next) {
    const source = sources.get(url)
    return source === undefined ? next(url, context) : { source, format: 'module', shortCircuit: true }
  },
})
