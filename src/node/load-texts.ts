import { registerHooks } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { assetImport } from './assets.ts'

// For scripts that run as they are written, without a build: `node --import ./src/node/load-texts.ts <script>`. They read
// sentences; nothing else that only the build knows.

const COMPILER = new URL('./texts.ts', import.meta.url).href

registerHooks({
  resolve(specifier, context, next) {
    const asset = context.parentURL?.startsWith('file:')
      ? assetImport(specifier, dirname(fileURLToPath(context.parentURL)))
      : undefined
    return asset?.kind === 'texts'
      ? { url: `${pathToFileURL(asset.path).href}?texts`, format: 'module', shortCircuit: true }
      : next(specifier, context)
  },
  load(url, context, next) {
    if (!url.endsWith('?texts')) return next(url, context)
    const path = fileURLToPath(url.replace(/[?]texts$/, ''))
    const source = `import { compileTexts } from '${COMPILER}'\nexport default await compileTexts(${JSON.stringify(path)})\n`
    return { format: 'module', source, shortCircuit: true }
  },
})
