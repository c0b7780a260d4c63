import { quoted } from '../../foreignText.ts';
import type { PullPart } from './pullAll.ts';

/** `source "shop"`: a part as people call it. */
export function partText({ what, name }: PullPart): string {
  return `${what === 'source' ? 'source' : 'remote schema'} ${quoted(name)}`;
}
