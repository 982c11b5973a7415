import { keyedName } from '../people/keyed-name.ts'

/** The name under which a client is known to the plugin: the same for the same client for ever, and of no use to find out who it is without `secret`. */
export const clientAlias = async (secret: string, client: string): Promise<string> =>
  `clp_${await keyedName(secret, 'client-alias', client)}`
