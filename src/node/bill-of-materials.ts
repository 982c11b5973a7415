import { createHash } from 'node:crypto'

interface Component {
  readonly 'bom-ref': string
  readonly name: string
  readonly version: string
  readonly properties?: readonly { readonly name: string; readonly value: string }[]
}

/** A CycloneDX 1.5 document, as far as it is read here. */
export interface BillOfMaterials {
  readonly serialNumber?: string
  readonly metadata: { readonly timestamp?: string; readonly component: Component }
  readonly components: readonly Component[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[]
}

/** What `package.json` says. */
interface Project {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** What is copied into the code, with its licence beside it, instead of installed. */
const copied = [
  {
    'bom-ref': 'budoux-ja@0.9.2',
    type: 'data',
    name: 'budoux-ja',
    version: '0.9.2',
    description: 'The Japanese model of BudouX, in src/authoring/phrase-model',
    copyright: 'Copyright 2021 Google LLC',
    licenses: [{ license: { id: 'Apache-2.0' } }],
    externalReferences: [{ type: 'vcs', url: 'https://github.com/google/budoux' }],
  },
]

const isForDevelopment = ({ properties = [] }: Component): boolean =>
  properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true')

/** Workspaces of this repository are the application itself. */
const isOurs = (component: Component): boolean => component['bom-ref'].startsWith('@kentei/')

/** A UUID that follows from the content: version 8 of RFC 9562. */
function uuidOf(content: string): string {
  const hex = createHash('sha256').update(content).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * The bill of what runs in production, of npm's bill of the whole lock file and with what is copied into the code. The
 * same lock file and npm give the same bytes: no clock, no chance, no folder's name.
 * @NOTE npm's own `--omit=dev` loses whatever a tool of the developers needs too, so nothing is left out by npm.
 */
export function productionBill(whole: BillOfMaterials, project: Project): BillOfMaterials {
  const kept = whole.components.filter((component) => !isForDevelopment(component) && !isOurs(component))
  const refs = new Set(kept.map((component) => component['bom-ref']))
  const root = whole.metadata.component['bom-ref']
  const { timestamp: _when, ...metadata } = whole.metadata
  const asked = new Set(Object.keys({ ...project.dependencies, ...project.optionalDependencies }))
  const direct = [...kept.filter(({ name }) => asked.has(name)), ...copied].map((component) => component['bom-ref'])
  const dependencies = whole.dependencies
    .filter(({ ref }) => ref === root || refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({
      ref,
      dependsOn:
        ref === root
          ? direct.filter((to) => dependsOn.includes(to) || !refs.has(to))
          : [...new Set(dependsOn)].filter((to) => refs.has(to)),
    }))
  const bill = {
    ...whole,
    metadata: { ...metadata, component: { ...whole.metadata.component, type: 'application', name: project.name } },
    components: [...kept, ...copied],
    dependencies: [...dependencies, ...copied.map((component) => ({ ref: component['bom-ref'], dependsOn: [] }))],
  }
  return { ...bill, serialNumber: `urn:uuid:${uuidOf(JSON.stringify({ ...bill, serialNumber: '' }))}` }
}
