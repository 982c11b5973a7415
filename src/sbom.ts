import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { productionBill } from './node/bill-of-materials.ts'

// Writes dist/sbom.cdx.json: which packages run in production, in which versions, under which licences (CycloneDX 1.5).

const { stdout } = await promisify(execFile)(
  'npm',
  ['sbom', '--package-lock-only', '--include=dev', '--sbom-format=cyclonedx'],
  { maxBuffer: 64_000_000 },
)
const bill = productionBill(JSON.parse(stdout), JSON.parse(await readFile('package.json', 'utf8')))
await mkdir('dist', { recursive: true })
await writeFile('dist/sbom.cdx.json', `${JSON.stringify(bill, null, 2)}\n`)
console.log(`dist/sbom.cdx.json: ${bill.components.length} components`)
