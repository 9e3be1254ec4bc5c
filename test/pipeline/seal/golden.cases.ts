import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { age, output } from '../keys.js';

const GOLDEN = 'test/pipeline/seal/golden';
const SESSION = path.join(GOLDEN, 'session');
const KEY = path.join(GOLDEN, 'key.txt');
const DEVICE = readFileSync(path.join(GOLDEN, 'device-key.txt'), 'utf8').trim();

interface Said { readonly code: number | null; readonly out: string; readonly err: string }

async function tool(name: 'open' | 'verify', ...args: readonly string[]): Promise<Said> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(`../../../tools/${name}.js`, import.meta.url)), ...args]);
  const [out, err, [code]] = await Promise.all([child.stdout.toArray(), child.stderr.toArray(), once(child, 'exit') as Promise<[number | null]>]);
  return { code, out: Buffer.concat(out as Buffer[]).toString(), err: Buffer.concat(err as Buffer[]).toString() };
}

async function decoded(film: string): Promise<{ errors: string; pictures: number; sounds: number; seconds: number; gaps: number[] }> {
  const child = spawn('ffmpeg', ['-v', 'error', '-i', film, '-f', 'null', '-'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const errors = Buffer.concat(await child.stderr.toArray() as Buffer[]).toString();
  const probe = async (...what: string[]): Promise<string> => (await output('ffprobe', ['-v', 'error', ...what, '-of', 'csv=p=0', film])).plain.toString();
  const times = (await probe('-select_streams', 'v', '-show_entries', 'packet=pts_time')).trim().split('\n').map(Number);
  const sounds = (await probe('-select_streams', 'a', '-show_entries', 'packet=pts_time')).trim().split('\n').length;
  return { errors, pictures: times.length, sounds, seconds: Number(await probe('-show_entries', 'format=duration')), gaps: times.slice(1).map((time, i) => time - (times[i] as number)) };
}

t.test('the golden session: written once, read by every version', async (t) => {
  const names = readdirSync(SESSION);
  t.same(names, ['about', 'journal.jsonl', 'part-01.mp4.age', 'part-02.mp4.age', 'part-03.mp4.age']);
  const known = await tool('verify', SESSION, '--device-key', DEVICE.toUpperCase());
  t.match(known, { code: 0, out: /^complete\nsession (c0ffee00){4}, started 2026-11-23T08:15:00\.000Z .*3 parts\n.*lost to overload[^]*is the one whose key you gave/, err: '' });
  const unknown = await tool('verify', SESSION);
  t.match(unknown, { code: 0, out: /NOT PROVEN/ });
  t.match(unknown.out.replace(/\s/g, ''), DEVICE, 'the key that was found, to compare');
  t.match(await tool('verify', SESSION, '--device-key', 'ab'.repeat(32)), { code: 1, out: /^altered from 0:00: line 1 of the journal names another device/ });
  const [, second = '', third = ''] = readFileSync(path.join(SESSION, 'journal.jsonl'), 'utf8').split('\n');
  const digest = createHash('sha256').update(second).digest('hex');
  const format = readFileSync('pipeline/FORMAT.md', 'utf8');
  t.ok(format.includes(`    ${second}\n`) && format.includes(`\`${digest}\``) && third.includes(`"prev":"${digest}"`), 'FORMAT.md works its example with it');
  for (const part of names.filter((name) => name.endsWith('.age'))) t.match(await age({ file: KEY }, path.join(SESSION, part)), { code: 0 }, `${part} opens by age alone`);
});

t.test('verify says in words what does not hold', async (t) => {
  const folder = t.testdir();
  const copy = (name: string): string => {
    cpSync(SESSION, path.join(folder, name), { recursive: true });
    return path.join(folder, name);
  };
  const interrupted = copy('interrupted');
  const journal = path.join(interrupted, 'journal.jsonl');
  writeFileSync(journal, readFileSync(journal, 'utf8').trimEnd().split('\n').slice(0, -1).map((line) => `${line}\n`).join(''));
  t.match(await tool('verify', interrupted), { code: 1, out: /^interrupted at [^]*there is no end record: power was cut, or somebody took the end away/ });
  const altered = copy('altered');
  truncateSync(path.join(altered, 'part-02.mp4.age'), 5000);
  t.match(await tool('verify', altered), { code: 1, out: /^altered from .*: part 2 has 5000 bytes and ended with/ });
  for (const [args, sentence] of [
    [[], /which folder/], [[path.join(folder, 'nowhere')], /is not there; name the folder/], [[KEY], /is no folder/], [[SESSION, '--device-key', 'abc'], /64 hex digits/], [[SESSION, '--colour'], /--colour/],
  ] as const) {
    const said = await tool('verify', ...args);
    t.match(said, { code: 2, out: '', err: sentence }, args.join(' '));
    t.equal(said.err.trim().split('\n').length, 1, 'a sentence, no stack');
  }
});

t.test('open joins the parts into one film that decodes without an error', async (t) => {
  const folder = t.testdir();
  const film = path.join(folder, 'film.mp4');
  const said = await tool('open', SESSION, '--key', KEY, '--out', film);
  t.match(said, { code: 0, out: /film\.mp4: opened, all of it\nthe journal says: complete\n$/, err: '' });
  t.same(readdirSync(folder).sort(), ['film.mp4', 'film.txt'], 'and writes nothing else');
  t.same([statSync(film).mode & 0o777, statSync(path.join(folder, 'film.txt')).mode & 0o777], [0o600, 0o600]);
  const text = readFileSync(path.join(folder, 'film.txt'), 'utf8');
  t.match(text, /Purpose: Coaching – hyfforddi \(coaching, version 3\)[^]*Who may watch it: colleagues-i-choose[^]*Journal: complete[^]*Pictures lost to overload: 6[^]*Z {2}claim\n$/);
  t.notMatch(text, /[0-9a-f]{64}/, 'the secret of the claim stays sealed');
  const { errors, pictures, sounds, seconds, gaps } = await decoded(film);
  t.same([errors, pictures, sounds], ['', 50, 81], 'every picture and every piece of sound of all three parts');
  t.ok(seconds > 5 && seconds < 5.2, `${seconds} s: parts 1 and 2 are one run of 3 s, part 3 comes after it`);
  t.ok(Math.max(...gaps) < 0.2 && Math.min(...gaps) > 0, `no jump in time (${Math.max(...gaps)} s)`);
  t.ok(readFileSync(film).includes('{"binding":'), 'the copy carries what it is for');

  const before = readFileSync(film);
  t.match(await tool('open', SESSION, '--key', KEY, '--out', film), { code: 2, err: /is there already; move it away/ }, 'nothing is overwritten');
  t.ok(readFileSync(film).equals(before));
  rmSync(film);
  t.match(await tool('open', SESSION, '--key', KEY, '--out', film), { code: 2, err: /film\.txt is there already/ });
  t.notOk(existsSync(film));
});

t.test('open says what is missing, and refuses in sentences', async (t) => {
  const folder = t.testdir();
  const broken = path.join(folder, 'broken');
  cpSync(SESSION, broken, { recursive: true });
  rmSync(path.join(broken, 'part-02.mp4.age'));
  const out = path.join(folder, 'part.mp4');
  t.match(await tool('open', broken, '--key', KEY, '--out', out), { code: 1, out: /part\.mp4: opened\nthe journal says: altered from .*part 2 is missing\npart 2 is missing\n/ });
  t.match(await decoded(out), { errors: '', pictures: 35 }, 'what is there plays');

  const cut = path.join(folder, 'cut');
  cpSync(SESSION, cut, { recursive: true });
  truncateSync(path.join(cut, 'part-03.mp4.age'), 3000);
  t.match(await tool('open', cut, '--key', KEY, '--out', path.join(folder, 'cut.mp4')), { code: 1, out: /part 3 could not be opened beyond 0:03 of the film/ });
  t.match(await decoded(path.join(folder, 'cut.mp4')), { errors: '', pictures: 30 });

  const stranger = path.join(folder, 'stranger.txt');
  writeFileSync(stranger, (await output('age-keygen', [])).plain);
  const locked = path.join(folder, 'locked.txt');
  writeFileSync(locked, 'age-encryption.org/v1\n-> scrypt\n');
  const none = path.join(folder, 'none.mp4');
  for (const [args, sentence] of [
    [[], /which folder/], [[SESSION], /it takes your key/], [[SESSION, '--key', stranger], /this key does not open this session/], [[SESSION, '--key', locked], /locked by a passphrase/],
    [[SESSION, '--key', path.join(SESSION, 'journal.jsonl')], /no key in this file/], [[SESSION, '--key', '/nowhere'], /nowhere is not there/], [[folder, '--key', KEY], /no part-01/],
    [[SESSION, '--key', KEY, '--out', path.join(folder, 'no', 'folder.mp4')], /is not there/],
  ] as const) {
    const said = await tool('open', ...(args.includes('--out' as never) ? args : [...args, '--out', none]));
    t.match(said, { code: 2, out: '', err: sentence }, args.join(' '));
    t.equal(said.err.trim().split('\n').length, 1, 'a sentence, no stack');
  }
  t.notOk(existsSync(none), 'and leaves nothing in clear');
});
