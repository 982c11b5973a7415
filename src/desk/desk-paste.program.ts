import { answerPage } from './answer-page.ts'
import { takePaste } from './take-paste.ts'

// Started beside the desk's page by its first paste of a page or a table: reading other people's markup takes a program of its own.

answerPage<'paste'>(({ pasted, language }) => takePaste(pasted, language))
