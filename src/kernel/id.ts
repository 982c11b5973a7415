/** An opaque identifier that names its kind: `att_…`, `crd_…`. */
export type Id<Kind extends string> = `${Kind}_${string}`

export type AttemptId = Id<'att'>
export type CredentialId = Id<'crd'>
export type LeaseId = Id<'lse'>
export type CaseId = Id<'cas'>
export type ConcernId = Id<'cnc'>
export type ProposalId = Id<'prp'>
export type PublicationId = Id<'pub'>
export type EntryId = Id<'aud'>

/** The id kinds the product makes itself; a marketplace's worker ids are its own and stay plain strings. */
export type IdKind = 'att' | 'crd' | 'msg' | 'evt' | 'lse' | 'jti' | 'ses' | 'cas' | 'cnc' | 'prp' | 'pub' | 'aud'
