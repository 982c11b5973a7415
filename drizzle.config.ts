import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: [
    './src/item/tables.ts',
    './src/item/publishing/tables.ts',
    './src/attempt/tables.ts',
    './src/measurement/tables.ts',
    './src/integrity/tables.ts',
    './src/credential/tables.ts',
    './src/ranking/tables.ts',
    './src/marketplace/tables.ts',
    './src/callback/tables.ts',
    './src/audit/tables.ts',
  ],
  out: './migrations',
})
