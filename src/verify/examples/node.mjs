// node node.mjs https://kentei.example badge.jwt      needs: npm install @kentei/verify
import { readFile } from 'node:fs/promises'
import { createVerifier } from '@kentei/verify'

const [origin, file] = process.argv.slice(2)
const verifier = createVerifier({ issuers: [origin], asksIssuers: true })

const { verdict, checks, credential } = await verifier.verify((await readFile(file, 'utf8')).trim())
for (const { check, outcome, detail } of checks) console.log(`${outcome.padEnd(8)}${check}: ${detail}`)
console.log(verdict === 'valid' ? `valid: ${credential.name}` : verdict)
process.exitCode = verdict === 'valid' ? 0 : 1
