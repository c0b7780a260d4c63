import Builder from 'fast-xml-builder';
import { cutText } from '../../../../common/src/boundedText.ts';
import { visible } from '../../../../common/src/foreignText.ts';
import type { Line } from '../terminal.ts';

/** An element: its attributes, text in it, and lists of elements in it by name. */
export interface Element {
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly text?: string;
  readonly children?: Readonly<Record<string, readonly Element[]>>;
}

const attributePrefix = '@';
const builder = new Builder({
  attributeNamePrefix: attributePrefix,
  ignoreAttributes: false,
  suppressEmptyNode: true,
  format: true,
});

/** The lines of a document. Characters that XML can't hold are written out. */
export function xmlLines(name: string, root: Element): readonly Line[] {
  const text = builder.build({ [name]: node(root) });
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...text.trimEnd().split('\n')];
}

function node({ attributes = {}, text, children = {} }: Element): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(attributes)) {
    made[`${attributePrefix}${name}`] = typeof value === 'string' ? held(value) : value;
  }
  for (const [name, elements] of Object.entries(children)) made[name] = elements.map(node);
  if (text !== undefined) made['#text'] = text.split('\n').map(held).join('\n');
  return made;
}

function held(text: string): string {
  return visible(cutText(text, 2000)).replaceAll(/[\ufffe\uffff]/g, '\ufffd');
}
