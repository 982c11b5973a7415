/**
 * Open Badges 3.0 final as JSON Schema (2019-09): the classes and members that our documents use, with their cardinalities,
 * patterns and closed lists (OB 3.0, appendix B). It is our own: the licence of 1EdTech's files lets nobody hand them on, so
 * they are not kept here. On 2026-11-25 it was held against a copy of 1EdTech's published schema. It is stricter than that on
 * purpose: it knows no member that we do not write, addresses must be URIs, an issuer is named in full, and a subject has an
 * identifier. `OB_SCHEMA=<file>` makes the tests judge by such a file too.
 */

const text = { type: 'string' }
const uri = { type: 'string', format: 'uri' }
const dateTimeZ = { type: 'string', format: 'date-time', pattern: '(Z|[+-]\\d\\d:\\d\\d)$' }
const compactJws = { type: 'string', pattern: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]+$' }
/** Of BCP 47 the language, the script and the region only. */
const languageCode = { type: 'string', pattern: '^[a-z]{2,4}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-\\d{3})?$' }
const typesWith = (...names: string[]) => ({
  type: 'array',
  minItems: 1,
  items: text,
  allOf: names.map((name) => ({ contains: { const: name } })),
})
/** An empty list is left out of JSON (A.1), which 1EdTech's schema does not say. */
const listOf = (items: object) => ({ type: 'array', minItems: 1, items })
/** `ext:` begins a value of one's own. */
const openEnum = (...values: string[]) => ({
  anyOf: [{ enum: values }, { type: 'string', pattern: '^ext:[a-zA-Z0-9._-]+$' }],
})

const classOf = (required: string[], properties: Record<string, object>) => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
})

const image = classOf(['id', 'type'], { id: uri, type: { const: 'Image' }, caption: text })
const identity = classOf(['type', 'hashed', 'identityHash', 'identityType'], {
  type: { const: 'IdentityObject' },
  hashed: { type: 'boolean' },
  identityHash: text,
  identityType: openEnum(
    'name',
    'sourcedId',
    'systemId',
    'productId',
    'userName',
    'accountId',
    'emailAddress',
    'nationalIdentityNumber',
    'isbn',
    'issn',
    'lisSourcedId',
    'oneRosterSourcedId',
    'sisSourcedId',
    'ltiContextId',
    'ltiDeploymentId',
    'ltiToolId',
    'ltiPlatformId',
    'ltiUserId',
    'identifier',
  ),
  salt: text,
})
const profile = classOf(['id', 'type'], {
  id: uri,
  type: typesWith('Profile'),
  name: text,
  url: uri,
  description: text,
  email: { type: 'string', format: 'email' },
  image,
})
const alignment = classOf(['type', 'targetName', 'targetUrl'], {
  type: typesWith('Alignment'),
  targetCode: text,
  targetDescription: text,
  targetName: text,
  targetFramework: text,
  targetUrl: uri,
})
const resultDescription = classOf(['id', 'type', 'name', 'resultType'], {
  id: uri,
  type: typesWith('ResultDescription'),
  name: text,
  allowedValue: listOf(text),
  requiredLevel: uri,
  requiredValue: text,
  resultType: openEnum(
    'GradePointAverage',
    'LetterGrade',
    'Percent',
    'PerformanceLevel',
    'PredictedScore',
    'RawScore',
    'Result',
    'RubricCriterion',
    'RubricCriterionLevel',
    'RubricScore',
    'ScaledScore',
    'Status',
  ),
  valueMax: text,
  valueMin: text,
})
const result = classOf(['type'], {
  type: typesWith('Result'),
  achievedLevel: uri,
  resultDescription: uri,
  status: { enum: ['Completed', 'Enrolled', 'Failed', 'InProgress', 'OnHold', 'Provisional', 'Withdrew'] },
  value: text,
})

export const achievementSchema = classOf(['id', 'type', 'criteria', 'description', 'name'], {
  id: uri,
  type: typesWith('Achievement'),
  achievementType: openEnum(
    'Achievement',
    'ApprenticeshipCertificate',
    'Assessment',
    'Assignment',
    'AssociateDegree',
    'Award',
    'BachelorDegree',
    'Badge',
    'Certificate',
    'CertificateOfCompletion',
    'Certification',
    'CoCurricular',
    'CommunityService',
    'Competency',
    'Course',
    'Degree',
    'Diploma',
    'DoctoralDegree',
    'Fieldwork',
    'GeneralEducationDevelopment',
    'JourneymanCertificate',
    'LearningProgram',
    'License',
    'MasterCertificate',
    'MasterDegree',
    'Membership',
    'MicroCredential',
    'ProfessionalDoctorate',
    'QualityAssuranceCredential',
    'ResearchDoctorate',
    'SecondarySchoolDiploma',
  ),
  alignment: listOf(alignment),
  creator: profile,
  criteria: classOf([], { id: uri, narrative: text }),
  description: text,
  endorsementJwt: listOf(compactJws),
  humanCode: text,
  image,
  inLanguage: languageCode,
  name: text,
  resultDescription: listOf(resultDescription),
  tag: listOf(text),
  version: text,
})

const subject = {
  ...classOf(['type', 'achievement'], {
    id: uri,
    type: typesWith('AchievementSubject'),
    achievement: achievementSchema,
    identifier: listOf(identity),
    image,
    narrative: text,
    result: listOf(result),
  }),
  anyOf: [{ required: ['id'] }, { required: ['identifier'] }],
}
const evidence = classOf(['type'], {
  id: uri,
  type: typesWith('Evidence'),
  narrative: text,
  name: text,
  description: text,
  genre: text,
  audience: text,
})
const proof = {
  type: 'object',
  required: ['type'],
  properties: {
    type: text,
    created: dateTimeZ,
    cryptosuite: text,
    verificationMethod: uri,
    proofPurpose: text,
    proofValue: text,
  },
}
const status = { type: 'object', required: ['id', 'type'], properties: { id: uri, type: text } }
const contexts = {
  type: 'array',
  minItems: 2,
  items: [
    { const: 'https://www.w3.org/ns/credentials/v2' },
    { type: 'string', pattern: '^https://purl\\.imsglobal\\.org/spec/ob/v3p0/context(-3\\.0\\.\\d)?\\.json$' },
  ],
  additionalItems: { type: ['string', 'object'] },
}
const credential = {
  '@context': contexts,
  id: uri,
  name: text,
  description: text,
  issuer: profile,
  awardedDate: dateTimeZ,
  validFrom: dateTimeZ,
  validUntil: dateTimeZ,
  credentialStatus: status,
  // in the plain JSON of appendix A.1, where what may be several is always a list; A.2.1 has a compacted form as well
  proof: listOf(proof),
}
const required = ['@context', 'id', 'type', 'issuer', 'validFrom', 'credentialSubject']
/** The claims of a JWT stand beside the members of the credential that it secures. */
const claims = { iss: text, jti: text, sub: text, nbf: { type: 'integer' }, exp: { type: 'integer' } }
const schema = { $schema: 'https://json-schema.org/draft/2019-09/schema' }

export const achievementCredentialSchema = {
  ...schema,
  ...classOf(required, {
    ...credential,
    ...claims,
    type: {
      ...typesWith('VerifiableCredential'),
      contains: { enum: ['AchievementCredential', 'OpenBadgeCredential'] },
    },
    relatedResource: listOf(
      classOf(['id', 'digestSRI'], { id: uri, digestSRI: { type: 'string', pattern: '^sha(256|384|512)-' } }),
    ),
    credentialSubject: subject,
    evidence: listOf(evidence),
  }),
}

export const endorsementCredentialSchema = {
  ...schema,
  ...classOf([...required, 'name'], {
    ...credential,
    ...claims,
    type: typesWith('VerifiableCredential', 'EndorsementCredential'),
    credentialSubject: classOf(['id', 'type'], {
      id: uri,
      type: typesWith('EndorsementSubject'),
      endorsementComment: text,
    }),
  }),
}
