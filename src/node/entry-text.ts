/**
 * The text of a program's first file, which a shell can run. It says which Node is needed where an older one runs it, in
 * words that any Node reads, before the bundle `main` beside it is loaded. `engines` is the `>=22.18` of the package.
 */
export function entryText(main: string, engines: string): string {
  const oldest = engines.replace('>=', '')
  const [major, minor] = oldest.split('.').map(Number)
  return `#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < ${major} || (major === ${major} && minor < ${minor})) {
  console.error('kentei: Node ${oldest} or newer is needed; this is ' + process.versions.node)
  process.exit(1)
}
import('./${main}')
`
}
