/** Replaced by the build with the files in `examples/`, by name. */
declare const __GUIDE_EXAMPLES__: Readonly<Record<string, string>> | undefined
const files: Readonly<Record<string, string>> = typeof __GUIDE_EXAMPLES__ === 'undefined' ? {} : __GUIDE_EXAMPLES__

/** The programs of the guide; the tests run the very files. */
export type ExampleName = 'quickstart.sh' | 'tokens.mjs' | 'send.mjs' | 'receive.mjs' | 'verify.mjs' | 'verify.py' | 'verify.go' | 'Verify.java' | 'verify.rb' | 'show.html' | 'oembed.sh'

/** Text of an example; empty where nothing was built. */
export const exampleText = (name: ExampleName): string => files[name] ?? ''
