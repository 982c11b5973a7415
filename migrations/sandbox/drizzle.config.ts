import { defineConfig } from 'drizzle-kit'

// npx drizzle-kit generate --config migrations/sandbox/drizzle.config.ts --name <what>, at the top of the repository
export default defineConfig({
  dialect: 'sqlite',
  schema: ['./src/platform/**/tables.ts', './src/sandbox/**/tables.ts'],
  out: './migrations/sandbox',
})
