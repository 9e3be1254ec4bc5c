/**
 * What a line of the Tesira Text Protocol says; pure (Biamp, Tesira help, "TTP
 * responses"). Values look like JSON but part their members by spaces; some
 * firmware sends real JSON, or a bare value.
 */

export type Value = boolean | number | string | readonly Value[] | { readonly [name: string]: Value };

export type Line =
  /** `+OK`, `+OK "value":true` or `+OK true`. */
  | { readonly kind: 'ok'; readonly value: Value | undefined }
  /** `-ERR …`, `-CANNOT_DELIVER …`, `-GENERAL_FAILURE …`. */
  | { readonly kind: 'error'; readonly text: string }
  /** `! "publishToken":"m1" "value":true`: news of a subscription, which may come between any two lines. */
  | News
  /** The server has just begun: what was set up in the session before is gone. */
  | { readonly kind: 'banner' }
  /** Our own words come back, or noise. */
  | { readonly kind: 'other' };

export interface News {
  readonly kind: 'news';
  /** The name under which it was subscribed; undefined where the line does not say. */
  readonly token: string | undefined;
  readonly value: Value | undefined;
}

const BANNER = 'Welcome to the Tesira Text Protocol Server';

/**
 * Takes a line without its end, and the command that is under way: an echo of
 * it may stand before the answer on the same line.
 */
export function parseLine(line: string, command = ''): Line {
  const text = line.trim();
  const said = command !== '' && text.startsWith(command) ? text.slice(command.length).trim() : text;
  // The answer to a subscription may stand behind its first news on the same line.
  if (said.startsWith('! ')) return said.endsWith(' +OK') ? { kind: 'ok', value: undefined } : readNews(said);
  if (said.startsWith(BANNER)) return { kind: 'banner' };
  if (/^-(ERR|CANNOT_DELIVER|GENERAL_FAILURE)\b/.test(said)) return { kind: 'error', text: said };
  if (said === '+OK') return { kind: 'ok', value: undefined };
  if (!said.startsWith('+OK ')) return { kind: 'other' };
  const fields = parseFields(said.slice('+OK '.length));
  return fields === undefined ? { kind: 'other' } : { kind: 'ok', value: fields };
}

function readNews(said: string): News {
  const [, token, value] = said.match(/^! "publishToken":"([^"]*)" "value":(.+)$/) ?? [];
  return { kind: 'news', token, value: value === undefined ? undefined : parseFields(value) };
}

/** `"value":v`, `"list":v` and the like give v; a bare value gives itself. Undefined where the text is neither. */
function parseFields(text: string): Value | undefined {
  const tokens = text.match(/"[^"]*"|[[\]{}:]|[^\s"[\]{}:,]+/g) ?? [];
  const reader = { tokens, at: 0 };
  const first = readValue(reader, 0);
  if (reader.tokens[reader.at] !== ':') return reader.at === tokens.length ? first : undefined;
  reader.at += 1;
  const value = readValue(reader, 0);
  return reader.at === tokens.length ? value : undefined;
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

/** Deeper than anything that a Tesira says (a list of meters in an object). */
const DEEPEST = 8;

function readValue(reader: Reader, depth: number): Value | undefined {
  const token = reader.tokens[reader.at++];
  if (token === undefined || depth > DEEPEST) return undefined;
  if (token === '[') return readList(reader, depth);
  if (token === '{') return readObject(reader, depth);
  if (token.startsWith('"')) return token.slice(1, -1);
  if (token === 'true' || token === 'false') return token === 'true';
  if (/^[\]}:]$/.test(token)) return undefined;
  // A leading zero makes it a serial number.
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(token) ? Number(token) : token;
}

function readList(reader: Reader, depth: number): Value | undefined {
  const list: Value[] = [];
  while (reader.tokens[reader.at] !== ']') {
    const value = readValue(reader, depth + 1);
    if (value === undefined) return undefined;
    list.push(value);
  }
  reader.at += 1;
  return list;
}

function readObject(reader: Reader, depth: number): Value | undefined {
  const members: [string, Value][] = [];
  while (reader.tokens[reader.at] !== '}') {
    const name = readValue(reader, depth + 1);
    if (typeof name !== 'string' || reader.tokens[reader.at++] !== ':') return undefined;
    const value = readValue(reader, depth + 1);
    if (value === undefined) return undefined;
    members.push([name, value]);
  }
  reader.at += 1;
  return Object.fromEntries(members);
}
