import { localized } from '../../localized.ts';
import { tooDeepAt } from '../../nesting.ts';
import type { Json } from '../document/json.ts';
import { failureDetail } from './httpFailure.ts';
import type { FailedResult } from './httpResult.ts';

/** The text of an answer; stops at the limit, so that an endless answer costs no more than that. */
export async function readBody(response: Response, limit: number): Promise<string | FailedResult> {
  const { status } = response;
  const tooLarge: FailedResult = { outcome: 'too-large', status, limit };
  if (Number(response.headers.get('content-length') ?? 0) > limit) {
    discard(response);
    return tooLarge;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
      size += part.value.byteLength;
      if (size > limit) {
        reader?.cancel().catch(() => undefined);
        return tooLarge;
      }
      chunks.push(part.value);
    }
  } catch (error) {
    return { outcome: 'cut', status, detail: failureDetail(error) };
  }
  return new TextDecoder().decode(Buffer.concat(chunks, size));
}

/** Reads no further. */
export function discard(response: Response): void {
  response.body?.cancel().catch(() => undefined);
}

/** `undefined` when the text is no JSON, or too deep to be walked through. */
export function parseJson(text: string): Json | undefined {
  try {
    return tooDeepAt(text, 'json') === undefined ? (JSON.parse(text) as Json) : undefined;
  } catch {
    return undefined;
  }
}

/** The beginning of a page, without its tags. */
export function excerptOf(text: string): string {
  const plain = text
    .slice(0, 4000)
    .replace(/<(style|script|head)\b.*?<\/\1>/gis, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain === '') return localized`an empty answer`;
  return plain.length > 200 ? `${plain.slice(0, 200)}…` : plain;
}

/** Seconds or a date (RFC 9110), in milliseconds from now; never negative. */
export function readRetryAfter(response: Response): number | undefined {
  const text = response.headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = text === '' ? Number.NaN : Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
