const SETTINGS = /^---\n([\s\S]*?)\n---\n/

/** A practical task to write over: another one under its own name, as a draft of a first version. */
export const copyTask = (file: string, name: string): string =>
  file.replace(SETTINGS, (settings) =>
    settings
      .replace(/^task: .*$/m, `task: ${name}`)
      .replace(/^status: .*$/m, 'status: draft')
      .replace(/^v: .*$/m, 'v: 1'),
  )
