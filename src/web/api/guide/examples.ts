import oembed from '../../../docs/examples/oembed.sh?text'
import quickstart from '../../../docs/examples/quickstart.sh?text'
import receive from '../../../docs/examples/receive.mjs?text'
import send from '../../../docs/examples/send.mjs?text'
import show from '../../../docs/examples/show.html?text'
import tokens from '../../../docs/examples/tokens.mjs?text'
import java from '../../../docs/examples/Verify.java?text'
import go from '../../../docs/examples/verify.go?text'
import javaScript from '../../../docs/examples/verify.mjs?text'
import python from '../../../docs/examples/verify.py?text'
import ruby from '../../../docs/examples/verify.rb?text'

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
