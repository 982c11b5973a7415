type Props = Readonly<Record<string, string | boolean | ((event: Event) => void) | undefined>>

/** An element with attributes; `on…` are listeners. What is shown in it is text or elements, never markup. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  props: Props = {},
  ...children: readonly (Node | string | undefined | false)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(key.slice(2), value)
    else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value)
  }
  element.replaceChildren(...children.filter((child) => typeof child === 'string' || typeof child === 'object'))
  return element
}
