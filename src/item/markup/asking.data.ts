/** How a sentence asks for an answer, in the languages of papers: by its end in Japanese, by its verb in English. */
export const ASKS = {
  ja: /(?:なさい|ください|か|？)(?:。|（|$)/,
  en: /\?|(?:^|[.:;,)”"」] ?|then |and )(?:Answer|Arrange|Assign|Calculate|Choose|Combine|Complete|Correct|Count|Decide|Enter|Fill|Find|Give|List|Mark|Match|Name|Pair|Pick|Put|Rewrite|Select|Sort|State|Type|Write)\b/,
}
