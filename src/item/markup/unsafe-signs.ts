/**
 * Characters that show nothing but change what stands around them: controls, zero-width and bidirectional marks,
 * line separators, and the private use area (the compiler's own placeholders live there).
 */
export const UNSAFE_SIGNS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ue000-\uf8ff\ufeff\ufff9-\ufffb\ufffe\uffff]/g
