/** The finished sentences of a table's script; `{count}` and `{column}` are filled in there. */
export type GridTexts = Readonly<
  Record<
    | 'changed'
    | 'changedRow'
    | 'filled'
    | 'half'
    | 'full'
    | 'before'
    | 'after'
    | 'empty'
    | 'comma'
    | 'copied'
    | 'pasted',
    string
  >
>
