import type { JWK } from 'jose'

/** A private signing key as it lies in the secret store: a JWK whose `kid` is its RFC 7638 thumbprint. */
export interface StoredKey {
  readonly jwk: JWK
  /** `credential` keys sign badges and status lists (ES256 or RS256), `service` keys sign service tokens (ES256), `webhook` keys sign events (Ed25519). */
  readonly use: 'credential' | 'service' | 'webhook'
  /** `next` is published but not yet used; `retired` is only published, to verify what it once signed; `blocked` verifies nothing. */
  readonly state: 'active' | 'next' | 'retired' | 'blocked'
}

/** Where the marketplace is and how it is trusted. */
export interface MarketplaceSettings {
  /** Origin of its API, `https://market.example`. */
  readonly origin: string
  /** `iss` of its tokens. */
  readonly issuer: string
  readonly jwksUrl: string
  /** Standard Webhooks secrets (`whsec_…`) and public keys (`whpk_…`) that may sign its events. */
  readonly webhookKeys: readonly string[]
}

/** A receiver of the plugin's own events. */
export interface Subscriber {
  readonly id: string
  readonly url: string
  /** `whsec_…` for `v1`; without it the events are signed `v1a` with the plugin's webhook key. */
  readonly secret?: string
}

export interface Settings {
  /** The plugin's own origin, `https://kentei.example`, no trailing slash. */
  readonly origin: string
  /** Name of the issuer on pages and credentials. */
  readonly issuerName: { readonly ja: string; readonly en: string }
  readonly keys: readonly StoredKey[]
  /** Secret of session tokens, at least 32 bytes, base64url. */
  readonly sessionSecret: string
  readonly marketplace: MarketplaceSettings
  readonly subscribers: readonly Subscriber[]
}
