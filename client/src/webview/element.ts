const svgNamespace = 'http://www.w3.org/2000/svg';

type Attributes = Readonly<Record<string, string | number>>;

/** An element of the page. What it says is text, never markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...content: readonly (string | Node)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  fill(made, attributes, content);
  return made;
}

/** The same of a picture. */
export function shape<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...content: readonly (string | Node)[]
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS(svgNamespace, tag);
  fill(made, attributes, content);
  return made;
}

function fill(made: Element, attributes: Attributes, content: readonly (string | Node)[]): void {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  // A string becomes a text node.
  made.append(...content);
}
