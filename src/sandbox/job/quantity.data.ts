/** A number with a unit: how much, by when, how often. */
export const QUANTITY =
  /\d\s*(?:[件本枚名人字頁回日月週時分円%]|文字|ページ|時間|hours?|words?|pages?|items?|days?|weeks?|min)/iu
