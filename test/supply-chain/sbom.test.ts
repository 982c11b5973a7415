import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { type BillOfMaterials, productionBill } from '../../src/node/bill-of-materials.ts'
import { manifest, productionPackages } from './lock-file.ts'

const run = promisify(execFile)
const schemaOf = (name: string) =>
  JSON.parse(
    readFileSync(`node_modules/@cyclonedx/cyclonedx-library/res/schema/${name}.SNAPSHOT.schema.json`, 'utf8'),
  ) as Record<string, unknown>

/** The published schema of CycloneDX 1.5, with those that it refers to. */
function validator() {
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { 'iri-reference': true, 'idn-email': true } })
  ;(addFormats as unknown as (to: Ajv) => void)(ajv)
  for (const name of ['spdx', 'jsf-0.82'])
    ajv.addSchema(schemaOf(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`)
  return ajv.compile(schemaOf('bom-1.5'))
}

const { stdout } = await run('npm', ['sbom', '--package-lock-only', '--include=dev'], { maxBuffer: 64_000_000 })
const whole = JSON.parse(stdout) as BillOfMaterials
const bill = productionBill(whole, manifest)

describe('the bill of materials', () => {
  it('is valid CycloneDX 1.5, and npm alone makes one as well', () => {
    const isValid = validator()
    for (const document of [bill, whole]) expect(isValid(document), JSON.stringify(isValid.errors)).toBe(true)
    expect(validator()({ ...bill, bomFormat: 'other' })).toBe(false)
  })

  it('names every package of production once, in its version, and what is copied into the code', () => {
    const listed = bill.components.map(({ name, version }) => `${name}@${version}`).sort()
    expect(listed).toEqual(
      [...new Set([...productionPackages.map(({ name, version }) => `${name}@${version}`), 'budoux-ja@0.9.2'])].sort(),
    )
  })

  it('depends on nothing that it does not name', () => {
    const refs = new Set(bill.components.map((component) => component['bom-ref']))
    expect(bill.dependencies.flatMap(({ dependsOn = [] }) => dependsOn).filter((ref) => !refs.has(ref))).toEqual([])
    const [root] = bill.dependencies
    expect(root?.dependsOn?.map((ref) => ref.slice(0, ref.lastIndexOf('@'))).sort()).toEqual(
      [...Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }), 'budoux-ja'].sort(),
    )
  })

  it('is the same at another time and in another folder', () => {
    const later = {
      ...whole,
      serialNumber: 'urn:uuid:00000000-0000-4000-8000-000000000000',
      metadata: { ...whole.metadata, timestamp: '2030-01-01T00:00:00.000Z' },
    }
    const elsewhere = {
      ...later,
      metadata: { ...later.metadata, component: { ...later.metadata.component, name: 'elsewhere' } },
    }
    expect(JSON.stringify(productionBill(elsewhere, manifest))).toBe(JSON.stringify(bill))
  })
})
