import oembed from './examples/oembed.sh?text'
import quickstart from './examples/quickstart.sh?text'
import receive from './examples/receive.mjs?text'
import send from './examples/send.mjs?text'
import show from './examples/show.html?text'
import tokens from './examples/tokens.mjs?text'
import java from './examples/Verify.java?text'
import go from './examples/verify.go?text'
import javaScript from './examples/verify.mjs?text'
import python from './examples/verify.py?text'
import ruby from './examples/verify.rb?text'

/** The programs of the guide by file name; the tests run the very files. */
export const examples = {
  'quickstart.sh': quickstart,
  'tokens.mjs': tokens,
  'send.mjs': send,
  'receive.mjs': receive,
  'verify.mjs': javaScript,
  'verify.py': python,
  'verify.go': go,
  'Verify.java': java,
  'verify.rb': ruby,
  'show.html': show,
  'oembed.sh': oembed,
} as const
export type ExampleName = keyof typeof examples
