import type { Instant } from '../kernel/instant.ts'

/** What a backup holds. */
export interface BackupContents {
  readonly format: 'kentei-backup-1'
  readonly madeAt: string
  /** The server that has the database, where it is not in the backup. */
  readonly elsewhere?: string | undefined
  /** Names, sizes in bytes and SHA-256, hexadecimal. */
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[]
}

/** Why a backup is not made or not restored. */
export class BackupError extends Error {
  readonly reason:
    | 'exists'
    | 'no-database'
    | 'damaged-database'
    | 'not-a-backup'
    | 'other-content'
    | 'not-empty'
    | 'moved'
    | 'under-way'
    | 'held'
    | 'recipient'
    | 'identity'

  constructor(reason: BackupError['reason'], detail: string) {
    super(detail)
    this.reason = reason
  }
}

/** Makes and restores backups, where the machine has a disk. */
export interface Backups {
  /**
   * Copies a data folder into one encrypted file while the service runs: the database as it is at one moment, keys and
   * secrets; keys and secrets alone where a server has the database. `recipients` are public keys of age. @throws a `BackupError`, and leaves no file behind.
   */
  make(
    folder: string,
    how: { readonly to: string; readonly recipients: readonly string[]; readonly now: Instant },
  ): Promise<BackupContents>
  /**
   * Puts a backup into an empty data folder, whole or not at all; one that was broken off while it was put into its place is
   * only taken to its end. `settle` does with a folder that has a database what has to be done before a service may open it.
   * @returns undefined where it was only taken to its end. @throws a `BackupError`.
   */
  restore(
    from: string,
    how: {
      readonly identities: readonly string[]
      readonly folder: string
      settle(folder: string): Promise<void>
    },
  ): Promise<BackupContents | undefined>
}
