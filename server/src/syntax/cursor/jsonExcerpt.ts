import { commentEnd, type Frame, stringEnd } from './jsonScan.ts';
import { type Excerpt, excerptLimit, type Splice } from './writingPosition.ts';

/** The largest piece around the place that is short enough, and what must be closed so that it parses. */
export function surroundings(
  text: string,
  frames: readonly Frame[],
  from: number,
  end: number,
): { excerpt: Omit<Excerpt, 'splices'>; splices: Splice[]; closers: string } {
  const open: { object: boolean; frame: number }[] = frames.map((frame, at) => ({
    object: frame.object,
    frame: at,
  }));
  const splices: Splice[] = [];
  let limit = Math.min(end, from + excerptLimit);
  let unit = frames.length;
  let unitEnd = from;
  let at = from;
  while (at < limit && open.length > 0) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      at = stringEnd(text, at);
      continue;
    }
    if (code === 47) {
      at = commentEnd(text, at);
      continue;
    }
    if (code === 123 || code === 91) open.push({ object: code === 123, frame: -1 });
    else if (code === 125 || code === 93) {
      const object = code === 125;
      const top = open.at(-1);
      const matched =
        top?.object === object ? open.length - 1 : open.findLastIndex((f) => f.object === object);
      if (matched >= 0) {
        const left = open.slice(matched + 1);
        if (left.length > 0) splices.push({ at, removed: 0, inserted: closersOf(left) });
        open.length = matched + 1;
        const closing = open.pop();
        const frame = closing === undefined ? undefined : frames[closing.frame];
        if (closing !== undefined && frame !== undefined) {
          if (at + 1 - frame.open > excerptLimit && unit < frames.length) break;
          unit = closing.frame;
          unitEnd = at + 1;
          // What is around it must end by then, or is too long.
          limit = Math.min(limit, (frames[unit - 1]?.open ?? 0) + excerptLimit);
        }
      }
    }
    at++;
  }
  let closers = '';
  let unclosed = '';
  if (
    at >= end &&
    open.length > 0 &&
    (unit === frames.length || end - (frames[0]?.open ?? 0) <= excerptLimit)
  ) {
    // The text ends before its brackets do.
    unit = 0;
    unitEnd = end;
    unclosed = closersOf(open);
    if (text.slice(from, end).trim() === '') closers = unclosed;
  } else if (unit === frames.length) {
    unit = frames.length - 1;
    unitEnd = from;
    unclosed = closersOf(frames.slice(-1));
  }
  const outer = frames.slice(0, unit);
  let before = '';
  for (const frame of outer) {
    if (frame.object) {
      let members = '';
      for (let at = 0; at < frame.members.length; at += 2) {
        members += `${text.slice(frame.members[at], frame.members[at + 1])},`;
      }
      before += `{${members}${text.slice(frame.keyStart, frame.keyEnd)}:`;
    } else before += '[';
  }
  return {
    excerpt: {
      before,
      start: frames[unit]?.open ?? from,
      end: Math.max(from, unitEnd),
      after: unclosed + closersOf(outer),
    },
    splices: splices.filter((splice) => splice.at < unitEnd),
    closers,
  };
}

function closersOf(open: readonly { readonly object: boolean }[]): string {
  return open
    .map((frame) => (frame.object ? '}' : ']'))
    .reverse()
    .join('');
}
