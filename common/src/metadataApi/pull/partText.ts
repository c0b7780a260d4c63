import { quoted } from '../../foreignText.ts';
import { localized } from '../../localized.ts';
import type { PullPart } from './pullAll.ts';

/** `source "shop"`: a part as people call it. */
export function partText({ what, name }: PullPart): string {
  return what === 'source' ? localized`source ${quoted(name)}` : localized`remote schema ${quoted(name)}`;
}
