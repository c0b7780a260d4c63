/**
 * What finds a secret in a text of a server, as it is and as programs write it: each character may be written out for a
 * URL, for JSON, for a program or for a page, once or twice; all of it in base 64, in hexadecimal. `undefined` when there is
 * no secret.
 */
export function secretPattern(secret: string): RegExp | undefined {
  const trimmed = secret.trim();
  if (trimmed === '') return undefined;
  // A header has a byte for a character, and some programs read and write those.
  const bytes = [Buffer.from(trimmed, 'utf8')];
  if (/^[\0-\xff]*$/.test(trimmed)) bytes.push(Buffer.from(trimmed, 'latin1'));
  const ways = [
    [...trimmed].map(characterPattern).join(''),
    ...bytes.flatMap((each) => [hexadecimal(each), ...base64Patterns(each)]),
  ];
  return new RegExp([...new Set(ways)].join('|'), 'gu');
}

/** A character: as it is, or written out in one of the ways of the web. */
function characterPattern(character: string): string {
  // Half a surrogate pair is another character once it was sent.
  const utf8 = Buffer.from(character, 'utf8');
  const sent = utf8.toString('utf8');
  const forms = new Set([literal(character), literal(sent), percented(utf8), jsonEscape(character)]);
  forms.add(jsonEscape(sent));
  const point = sent.codePointAt(0) ?? 0;
  forms.add(`&(?:amp;)?#(?:0{0,6}${point}|[xX]0{0,6}${digits(point.toString(16))});?`);
  const entity = entities[character];
  if (entity !== undefined) forms.add(`&(?:amp;)?(?:${entity});`);
  const marked = escapes[character];
  // Before it, as many marks as it takes to be kept through a text in a text.
  if (marked !== undefined) forms.add(`\\\\{1,3}${marked}`);
  if (character === ' ') forms.add('\\+');
  if (point < 0x100) forms.add(`\\\\{1,4}x${digits(point.toString(16).padStart(2, '0'))}`);
  if (point > 0x7f) {
    forms.add(literal(utf8.toString('latin1')));
    forms.add(`\\\\{1,4}${point}`);
    forms.add([...utf8].map((byte) => `\\\\{1,4}x${digits(byte.toString(16))}`).join(''));
    if (point < 0x100) {
      forms.add('\\u{fffd}');
      forms.add(percented(Buffer.from(character, 'latin1')));
    }
  }
  // The longest first: what is left of one would tell something.
  return `(?:${[...forms].sort((a, b) => b.length - a.length).join('|')})`;
}

const entities: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
  ' ': 'nbsp',
};

/** What may stand behind a backslash in a text of JSON or a program. */
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '/': '\\/',
  '\\': '\\\\',
  '\t': 't',
  $: '\\$',
};

function literal(character: string): string {
  return [...character]
    .map((each) => (/[\w\s]/.test(each) ? each : `\\u{${each.codePointAt(0)?.toString(16)}}`))
    .join('');
}

/** `%2f`, and `%252f`: of a URL in a URL. */
function percented(bytes: Uint8Array): string {
  return [...bytes].map((byte) => `%(?:25)?${twoDigits(byte)}`).join('');
}

function jsonEscape(character: string): string {
  return character
    .split('')
    .map((unit) => `\\\\{1,4}u${digits(unit.charCodeAt(0).toString(16).padStart(4, '0'))}`)
    .join('');
}

function hexadecimal(bytes: Uint8Array): string {
  return [...bytes].map(twoDigits).join('[ :-]?');
}

function twoDigits(byte: number): string {
  return digits(byte.toString(16).padStart(2, '0'));
}

/** Digits in hexadecimal, in either case. */
function digits(text: string): string {
  return text.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** Shorter ones would be found in many a text. */
const shortestPart = 6;

/** Alone, or behind others such as `user:`: where it begins among them decides what is made of it. */
function base64Patterns(bytes: Uint8Array): string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const own = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    if (before > 0 && own.length < shortestPart) return [];
    const part = [...own].map(base64Character).join('');
    const first = before === 0 ? '' : anyBase64;
    const last = (before + bytes.length) % 3 === 0 ? '' : `(?:${anyBase64}={0,2})?`;
    return [`${first}${part}${last}`];
  });
}

/** One that another text has a share in. */
const anyBase64 = '[A-Za-z0-9+\\/_\\-]';

/** URLs have two of them otherwise. */
function base64Character(character: string): string {
  if (character === '+') return `(?:${characterPattern('+')}|-)`;
  return character === '/' ? `(?:${characterPattern('/')}|_)` : character;
}
