// What the terms of our documents mean as RDF: the facts of the contexts of VC 2.0, Open Badges 3.0.3 and Data Integrity,
// for exactly the members that we write. A test holds them against the contexts themselves.

const OB = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#'
const SCHEMA = 'https://schema.org/'
const VC = 'https://www.w3.org/2018/credentials#'
const STATUS = 'https://www.w3.org/ns/credentials/status#'
const SECURITY = 'https://w3id.org/security#'
const XSD = 'http://www.w3.org/2001/XMLSchema#'
/** The badges' context writes this type with https, which makes it another one than XML Schema's. */
const ANY_URI = 'https://www.w3.org/2001/XMLSchema#anyURI'

export const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
export const XSD_INTEGER = `${XSD}integer`
export const XSD_BOOLEAN = `${XSD}boolean`

/** A node of a document, by what may stand in it. */
export type NodeKind =
  | 'badge'
  | 'profile'
  | 'subject'
  | 'achievement'
  | 'image'
  | 'criteria'
  | 'alignment'
  | 'resultDescription'
  | 'result'
  | 'identity'
  | 'evidence'
  | 'related'
  | 'statusEntry'
  | 'listCredential'
  | 'list'
  | 'proof'

/** What a member stands for: a literal of a type (plain text without one), a thing by its name, or a node. */
export interface Term {
  readonly iri: string
  readonly datatype?: string
  readonly node?: NodeKind
  /** What the value is a name in: prefixed, it is an IRI. */
  readonly names?: string
}

const plain = (iri: string): Term => ({ iri })
const typed = (iri: string, datatype: string): Term => ({ iri, datatype })
const node = (iri: string, kind: NodeKind): Term => ({ iri, node: kind })
const named = { name: plain(`${SCHEMA}name`), description: plain(`${SCHEMA}description`) }
const time = (iri: string) => typed(iri, `${XSD}dateTime`)

/** IRIs of the values of `type`. */
export const typeIris: Readonly<Record<string, string>> = {
  VerifiableCredential: `${VC}VerifiableCredential`,
  OpenBadgeCredential: `${OB}OpenBadgeCredential`,
  Profile: `${OB}Profile`,
  AchievementSubject: `${OB}AchievementSubject`,
  Achievement: `${OB}Achievement`,
  Image: `${OB}Image`,
  Alignment: `${SCHEMA}AlignmentObject`,
  ResultDescription: `${OB}ResultDescription`,
  Result: `${OB}Result`,
  IdentityObject: `${OB}IdentityObject`,
  Evidence: `${OB}Evidence`,
  BitstringStatusListEntry: `${STATUS}BitstringStatusListEntry`,
  BitstringStatusListCredential: `${STATUS}BitstringStatusListCredential`,
  BitstringStatusList: `${STATUS}BitstringStatusList`,
  DataIntegrityProof: `${SECURITY}DataIntegrityProof`,
}

const credential = {
  issuer: node(`${VC}issuer`, 'profile'),
  validFrom: time(`${VC}validFrom`),
  validUntil: time(`${VC}validUntil`),
}

/** The members that a node may have, besides `id` and `type`. */
export const nodes: Readonly<Record<NodeKind, Readonly<Record<string, Term>>>> = {
  badge: {
    ...credential,
    ...named,
    // the context means `xsd:dateTime` as it is written: it declares no prefix
    awardedDate: typed(`${OB}awardedDate`, 'xsd:dateTime'),
    credentialSubject: node(`${VC}credentialSubject`, 'subject'),
    evidence: node(`${VC}evidence`, 'evidence'),
    credentialStatus: node(`${VC}credentialStatus`, 'statusEntry'),
    relatedResource: node(`${VC}relatedResource`, 'related'),
  },
  profile: { ...named, url: typed(`${SCHEMA}url`, ANY_URI) },
  subject: {
    achievement: node(`${OB}achievement`, 'achievement'),
    narrative: plain(`${OB}narrative`),
    result: node(`${OB}result`, 'result'),
    identifier: node(`${OB}identifier`, 'identity'),
  },
  achievement: {
    ...named,
    achievementType: plain(`${OB}achievementType`),
    creator: node(`${OB}creator`, 'profile'),
    image: node(`${OB}image`, 'image'),
    criteria: node(`${OB}Criteria`, 'criteria'),
    tag: plain(`${SCHEMA}keywords`),
    humanCode: plain(`${OB}humanCode`),
    version: plain(`${OB}version`),
    inLanguage: plain(`${SCHEMA}inLanguage`),
    alignment: node(`${OB}alignment`, 'alignment'),
    resultDescription: node(`${OB}resultDescription`, 'resultDescription'),
  },
  image: { caption: plain(`${SCHEMA}caption`) },
  criteria: { narrative: plain(`${OB}narrative`) },
  alignment: {
    targetName: plain(`${SCHEMA}targetName`),
    targetUrl: typed(`${SCHEMA}targetUrl`, ANY_URI),
    targetCode: plain(`${OB}targetCode`),
  },
  resultDescription: {
    ...named,
    resultType: plain(`${OB}resultType`),
    requiredValue: plain(`${OB}requiredValue`),
    valueMin: plain(`${OB}valueMin`),
    valueMax: plain(`${OB}valueMax`),
  },
  result: {
    resultDescription: typed(`${OB}resultDescription`, ANY_URI),
    value: plain(`${SCHEMA}value`),
    status: plain(`${OB}status`),
  },
  identity: {
    hashed: typed(`${OB}hashed`, 'https://www.w3.org/2001/XMLSchema#boolean'),
    identityHash: plain(`${OB}identityHash`),
    identityType: plain(`${OB}identityType`),
    salt: plain(`${OB}salt`),
  },
  evidence: { ...named, genre: plain(`${SCHEMA}genre`) },
  related: { digestSRI: typed(`${VC}digestSRI`, `${VC}sriString`) },
  statusEntry: {
    statusPurpose: plain(`${STATUS}statusPurpose`),
    statusListIndex: plain(`${STATUS}statusListIndex`),
    statusListCredential: { iri: `${STATUS}statusListCredential`, names: '' },
  },
  listCredential: { ...credential, credentialSubject: node(`${VC}credentialSubject`, 'list') },
  list: {
    statusPurpose: plain(`${STATUS}statusPurpose`),
    encodedList: typed(`${STATUS}encodedList`, `${SECURITY}multibase`),
    ttl: plain(`${STATUS}ttl`),
  },
  proof: {
    cryptosuite: typed(`${SECURITY}cryptosuite`, `${SECURITY}cryptosuiteString`),
    created: time('http://purl.org/dc/terms/created'),
    verificationMethod: { iri: `${SECURITY}verificationMethod`, names: '' },
    // the one member whose values are terms
    proofPurpose: { iri: `${SECURITY}proofPurpose`, names: SECURITY },
  },
}
