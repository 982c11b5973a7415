import type { JsonSchema } from './call-schemas.ts'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** When all examples take place. */
const NOW = '2026-11-25T03:00:00.000Z'
const TOKEN = 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJkaWQ6d2ViOmtlbnRlaS5leGFtcGxlIn0.c2lnbmF0dXJl'
const PAGE = 'https://kentei.example/credentials/crd_9X'

/** What a service knows of its members. */
export interface Known {
  readonly ids: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, readonly Json[]>>
}

/** What an `id` is, by what it is of: the member that holds it, or the part of the path before it. */
const ids: Known['ids'] = {
  attempts: 'att_4F',
  exams: 'business-admin',
  sections: 'data-research',
  parts: 'knowledge',
  proposals: 'prp_2B',
  publications: 'pub_6C',
  deliveries: 'msg_3T',
  credentials: 'crd_9X',
  concern: 'crd_9X',
  workers: 'wrk_1',
  rows: 'row_1',
  embed: 'crd_9X',
}

/** What members and parameters of a name are; after a dot, those in a certain other. The first that is of the form is taken. */
const values: Known['values'] = {
  about: ['job:job_1', 'wrk_1'],
  act: ['attempt.void'],
  actor: ['opr_1'],
  after: ['42', 20],
  against: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  asOf: [NOW],
  author: ['aut_1'],
  before: ['1764039600000.42'],
  body: ['Type 1,800 names and addresses from scans into a list, two hundred a day.'],
  by: ['opr_1'],
  case: ['cas_5K'],
  chain: ['msg_3T'],
  check: ['signature'],
  choice: ['b'],
  code: ['not-found'],
  compactJwsString: [TOKEN],
  'contracts.title': ['Typing a list of 1,800 alumni'],
  credential: ['crd_9X'],
  credentials: [TOKEN],
  'verify.credential': [TOKEN],
  'badges.credential': [TOKEN],
  'credentials.title': [{ en: 'Business administration, level 3' }],
  cursor: ['42'],
  deadline: ['2026-11-25T04:00:00.000Z'],
  decidedBy: ['opr_1'],
  decision: ['dec_3W'],
  destination: ['marketplace'],
  detail: ['Read it again and decide then'],
  download: [''],
  email: ['minato@example.jp'],
  en: ['Business administration'],
  endorsement: [TOKEN],
  evidence: [{ similarity: 0.93 }],
  exam: ['business-admin'],
  expiresAt: ['2026-11-25T11:00:00.000Z'],
  facts: ['The text asks for an identity document in a first message.'],
  family: ['orders'],
  floor: [60],
  form: ['a'],
  format: ['json'],
  from: ['2026-11-01', NOW],
  group: ['certified'],
  hash: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  high: [90],
  html: ['<p>37,800 yen</p>'],
  briefHtml: ['<p>Bring the list in order.</p>'],
  image: [`${PAGE}.svg`],
  initial: [''],
  item: ['q1'],
  itemCount: [40],
  kind: ['decision'],
  'deliveries.kind': ['badge'],
  label: ['Total'],
  lang: ['en'],
  lastError: ['503'],
  lease: ['lse_5R'],
  level: [3],
  limit: [50],
  list: ['1'],
  live: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  locale: ['en'],
  locales: ['en'],
  low: [74],
  maxheight: ['120'],
  maxwidth: ['400'],
  message: ['I can begin on Monday.', 'Must be given'],
  minutes: [10],
  month: ['2026-11'],
  name: ['Minato Sakamoto'],
  next: ['43', 43],
  note: ['Asked both sides'],
  object: ['att_4F'],
  other: ['crd_7V'],
  outcome: ['delivered'],
  passScore: [70],
  path: ['saves.0.item', '/v1/workers/wrk_1/standing'],
  person: ['wrk_1'],
  points: [1],
  policy: ['exam-integrity'],
  proposal: ['prp_2B'],
  reason: ['retake-wait', 'As agreed'],
  ref: ['q1'],
  renews: ['crd_7V'],
  replacedBy: ['crd_9Y'],
  replaces: ['crd_7V'],
  response: [{ choice: 'b' }],
  retryAt: ['2026-12-25T03:00:00.000Z'],
  revision: [1],
  rulesHtml: ['<p>One attempt in thirty days.</p>'],
  score: [82, 0.7],
  session: ['ses_8w1qTn2cR4vYk6Hd0bLxZg'],
  settledAt: [null],
  skill: ['data-entry', 5],
  state: ['shown'],
  status: ['open'],
  stemHtml: ['<p>Which total is right?</p>'],
  stream: ['worker:wrk_1'],
  subject: ['credential:crd_9X'],
  taskCount: [4],
  text: ['42', 'Thank you.'],
  thumbprint: ['NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs'],
  timeLimitSeconds: [3_600],
  timeMultiplier: [1.5],
  title: ['Business administration, level 3'],
  token: [TOKEN],
  type: ['funded'],
  until: ['2026-11-25', '2026-12-25T03:00:00.000Z'],
  url: [PAGE],
  validUntil: ['2028-11-25T03:00:00.000Z'],
  value: ['37,800'],
  weight: [60, 0.8],
  who: ['wrk_1'],
  why: ['The line was down for ten minutes'],
  worker: ['wrk_1'],
}

/** Members that seldom are there, and would not go with the others. */
const seldom: ReadonlySet<string> = new Set([
  'assessment',
  'certificate',
  'checking',
  'observed',
  'openAttempt',
  'publicKeyMultibase',
  'renews',
  'replacedBy',
  'replaces',
  'takenDownUntil',
  'withheld',
])

const formats: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d\d-\d\dT/,
  date: /^\d{4}-\d\d-\d\d$/,
  email: /@/,
  uri: /^https?:/,
}

type Schema = JsonSchema & { readonly $ref?: string }

interface Place {
  /** What the service knows besides. */
  readonly known?: Known | undefined
  /** The forms that have a title. */
  readonly named: Readonly<Record<string, JsonSchema>>
  /** The name of the member or parameter. */
  readonly name?: string | undefined
  /** The member, or the part of a path, in which it stands. */
  readonly within?: string | undefined
}

const matches = (schema: Schema, value: Json): boolean => {
  const types = [schema.type ?? typeof value].flat()
  const type =
    value === null ? 'null' : Number.isInteger(value) ? 'integer' : Array.isArray(value) ? 'array' : typeof value
  if (!types.includes(type as never) && !(type === 'integer' && types.includes('number'))) return false
  if (typeof value === 'string') {
    if (formats[schema.format ?? '']?.test(value) === false) return false
    if (schema.pattern && !new RegExp(schema.pattern, 'u').test(value)) return false
    return value.length >= (schema.minLength ?? 0) && value.length <= (schema.maxLength ?? value.length)
  }
  if (type === 'object' && schema.properties) return false
  if (typeof value === 'number') return value >= (schema.minimum ?? value) && value <= (schema.maximum ?? value)
  return true
}

const byFormat: Readonly<Record<string, string>> = {
  'date-time': NOW,
  date: '2026-11-25',
  email: 'minato@example.jp',
  uri: PAGE,
}

function textOf(schema: Schema): string {
  const known = byFormat[schema.format ?? '']
  return known ?? 'text'.padEnd(schema.minLength ?? 0, '.').slice(0, schema.maxLength ?? 100)
}

const isNull = ({ type }: Schema) => type === 'null'
const allowsNull = ({ anyOf, type }: Schema) =>
  type === 'null' || [type].flat().includes('null' as never) || (anyOf as Schema[] | undefined)?.some(isNull)

/** What every alternative of a form has, and one of them. */
const chosen = ({ anyOf, oneOf, allOf, ...schema }: Schema): Schema => {
  const options = ((anyOf ?? oneOf) as Schema[] | undefined) ?? []
  const option = options.find((one) => !isNull(one)) ?? options[0]
  return { ...schema, ...option, ...Object.assign({}, ...((allOf as Schema[] | undefined) ?? [])) }
}

function objectOf(schema: Schema, place: Place): Json {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema
  const shown = Object.entries(properties).filter(([name]) => required.includes(name) || !seldom.has(name))
  const members = shown.map(([name, one]) => [
    name,
    exampleOf(one as Schema, { ...place, name, within: name === 'id' ? place.within : (place.name ?? place.within) }),
  ])
  if (members.length > 0 || typeof additionalProperties !== 'object') return Object.fromEntries(members)
  const [first] = (propertyNames as Schema | undefined)?.enum ?? ['1']
  return {
    [String(first)]: exampleOf(additionalProperties as Schema, { ...place, name: undefined, within: place.name }),
  }
}

/** An example of a form, by rule: what the form itself names, or what members of that name are elsewhere. */
export function exampleOf(form: JsonSchema, place: Place): Json {
  const { name = '', within = '', known } = place
  const valuesOf = (path: string) => known?.values[path] ?? values[path]
  const usual =
    name === 'id'
      ? [known?.ids[within] ?? ids[within] ?? 'id_1']
      : (valuesOf(`${within}.${name}`) ?? valuesOf(name) ?? [])
  if (usual[0] === null && allowsNull(form as Schema)) return null
  const schema = chosen(form as Schema)
  if (schema.$ref) return exampleOf(place.named[schema.$ref.split('/').at(-1) as string] as JsonSchema, place)
  if (schema.anyOf || schema.oneOf) return exampleOf(schema, place)
  const [first] = (schema.examples as Json[] | undefined) ?? []
  if (first !== undefined) return first
  if (schema.const !== undefined) return schema.const as Json
  const fitting = usual.find(
    (value) => matches(schema, value) && (!schema.enum || schema.enum.includes(value as never)),
  )
  if (fitting !== undefined) return fitting
  if (schema.enum) return schema.enum[0] as Json
  if (schema.default !== undefined) return schema.default as Json
  const type = [schema.type].flat().find((one) => one !== 'null')
  switch (type) {
    case 'object':
      return objectOf(schema, place)
    case 'array': {
      const items = ((schema.prefixItems as Schema[] | undefined) ?? [schema.items as Schema]).map((item) =>
        exampleOf(item ?? {}, { ...place, within: name }),
      )
      return Array.from(
        { length: Math.max(items.length, schema.minItems ?? 0) },
        (_, nth) => items[nth] ?? items[0],
      ) as Json
    }
    case 'string':
      return textOf(schema)
    case 'integer':
    case 'number':
      return schema.minimum ?? (typeof schema.exclusiveMinimum === 'number' ? schema.exclusiveMinimum + 1 : 1)
    case 'boolean':
      return true
    default:
      return fitting ?? (schema.type === 'null' ? null : {})
  }
}
