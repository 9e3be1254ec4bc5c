/**
 * Every secret that people can type, say or carry into a whole running house is
 * one that occurs nowhere else; then everything that the house wrote, said or
 * shows to others is searched for all of them. At the end each of its processes
 * crashes, with leave to write a core file.
 */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { readPractice } from '../../config/practice/read.js';
import { writeSetUpCode } from '../../config/school/set-up-code.js';
import type { StoredState } from '../../config/state.js';
import { makeTypedCode } from '../../config/typed-code.js';
import { makeKey } from '../../kiosk/keys/identity.js';
import { chooseWords, passphraseOf } from '../../kiosk/keys/words.js';
import { armorOf, wrapIdentity } from '../../kiosk/keys/wrap.js';
import { openVirtualSchool, type VirtualSchool } from '../../tools/virtual-school.js';
import { opened, type TestKey } from '../config/enrolled.js';
import { Canaries, filesBelow, type Found } from '../fakes/canaries.js';
import { freePort } from '../fakes/free-port.js';
import { kioskByTouch } from '../fakes/kiosk-by-touch.js';
import { KioskClient } from '../fakes/kiosk-client.js';
import { crash, pidsOf, sharedBy } from '../fakes/processes.js';
import { childOf, VIDEO } from '../fakes/virtual-room.js';
import { Visitor } from '../fakes/visitor.js';

const FILES = await readPractice(fileURLToPath(new URL('../../config/practice', import.meta.url)));
const RIGHT = FILES.training.questions.map(({ answers }) => answers.findIndex(({ wrongBecause }) => wrongBecause === null));
const TOLD = { class: true, otherAdults: true, visitors: true, outOfPicture: true };
const RECORDED_MS = 2000;

const letters = (length: number): string => Array.from(randomBytes(length), (byte) => 'bdfghjklmnpqrstvwxz'.charAt(byte % 19)).join('');
const digits = (): string => `9${Array.from(randomBytes(11), (byte) => byte % 10).join('')}`;
/** As a name on a list, and nobody's. */
const aName = (): string => `${letters(5).replace(/^./, (first) => first.toUpperCase())} ${letters(9).replace(/^./, (first) => first.toUpperCase())}`;

/** What the house was told, and by whom. */
interface House {
  readonly school: VirtualSchool;
  readonly kiosk: KioskClient;
  readonly visitor: Visitor;
  readonly canaries: Canaries;
  readonly folder: string;
  readonly logFile: string;
  /** What the service has said to standard error. */
  stderr: string;
  /** The teacher's name on the list. */
  teacher: string;
  token: string;
  pin: string;
  key: TestKey;
  account: string;
}

/** In a folder of its own, which is the working folder of all its processes. */
async function openHouse(t: Test): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'lamplight-'));
  const work = join(folder, 'work');
  mkdirSync(work);
  const logFile = join(folder, 'service.log');
  const log = openSync(logFile, 'a');
  const before = process.cwd();
  process.chdir(work);
  const kioskPort = await freePort();
  const school = await openVirtualSchool({ folder, kioskPort, testHooks: true, log, classroom: { video: VIDEO, camera: { wakeMs: 200 }, sign: { refreshMs: 300 } } });
  const kiosk = new KioskClient(school.kioskUrl).follow();
  t.teardown(async () => {
    kiosk.close();
    await school.close();
    process.chdir(before);
    closeSync(log);
    rmSync(folder, { recursive: true, force: true });
  });
  const house: House = { school, kiosk, visitor: new Visitor(kioskPort), canaries: new Canaries(), folder, logFile, stderr: '', teacher: '', token: '', pin: '', key: { identity: '', recipient: '' }, account: '' };
  listen(house);
  await kiosk.phase('idle');
  return house;
}

const listen = (house: House): void => void house.school.service.child.stderr?.on('data', (text: Buffer) => { house.stderr += text.toString(); });

/** The technician sets up, loads names, hands out paper codes; a teacher enrols twice, since a PIN was forgotten. */
async function tellSecrets(house: House): Promise<void> {
  const { visitor, canaries, school } = house;
  /** May stand in the state, in clear. */
  const known = (what: string, text: string) => canaries.add(what, text, ['state']);
  const secret = (what: string, text: string) => canaries.add(what, text, []);
  const said = (what: string): string => known(what, `It is said that ${letters(12)} helps all of us.`);

  const stewardPin = secret('steward’s PIN', digits());
  const { code: setUpCode } = await writeSetUpCode(school.recorderFolder, new Date());
  const stewardName = known('steward’s name', aName());
  let steward = secret('token of a steward', String((await visitor.post('set-up', { code: secret('set-up code', setUpCode), name: stewardName, pin: stewardPin })).token));
  const names = [known('teacher’s name', aName()), known('colleague’s name', aName())];
  await visitor.post('staff', { csv: ['name', ...names, school.teacher.name].join('\n') }, steward);
  const staff = (await visitor.get<{ names: { id: string; displayName: string }[] }>('names')).names.find(({ displayName }) => displayName === names[0])?.id ?? '';
  house.teacher = names[0] ?? '';
  await visitor.post('lead', { staff }, steward);
  const paperCode = async (): Promise<string> => {
    const { codes } = await visitor.post('paper-codes', { staff: [staff], toStick: false }, steward) as { codes: { code: string }[] };
    return secret('paper code', codes[0]?.code ?? '');
  };
  const firstCode = await paperCode();

  // What the page keeps to itself is made here as the page makes it.
  const made = await makeKey();
  const identity = secret('identity', new TextDecoder().decode(made.identity));
  house.key = { identity, recipient: canaries.add('recipient', made.recipient, ['state', 'stick']) };
  const words = chooseWords();
  secret('six words', passphraseOf(words));
  secret('six words with spaces', words.join(' '));
  const lockedKey = armorOf(await wrapIdentity(made.identity, words));
  canaries.add('locked key', lockedKey.split('\n')[2] ?? '', ['stick']);
  const enrol = async (code: string, pin: string, key: object | 'same'): Promise<string> => {
    const ticket = secret('enrolment ticket', String((await visitor.post('paper-code', { staff, code })).ticket));
    await visitor.post('stick-write', { file: 'locked-key', text: lockedKey }, ticket);
    await visitor.post('stick-write', { file: 'recipient', text: made.recipient }, ticket);
    return secret('token of a teacher', String((await visitor.post('enrol', { ticket, pin, language: 'en', key })).token));
  };
  const proveKey = async (): Promise<void> => {
    const { sealed } = await visitor.post('test-code', {}, house.token);
    await visitor.isRefused('test-code-answer', { code: secret('wrong test code', `CDFG-${letters(8)}`) }, 'WRONG_CODE', house.token);
    await visitor.post('test-code-answer', { code: secret('test code', await opened(String(sealed), house.key)) }, house.token);
  };
  await visitor.isRefused('paper-code', { staff, code: secret('wrong paper code', `CDFG-${letters(8)}`) }, 'WRONG_CODE');
  const firstPin = secret('PIN', digits());
  house.token = await enrol(firstCode, firstPin, { recipients: [made.recipient], signKey: null });
  const newPin = secret('new PIN', digits());
  await visitor.isRefused('change-pin', { pin: secret('wrong PIN', digits()), newPin }, 'WRONG_PIN', house.token);
  await visitor.post('change-pin', { pin: firstPin, newPin }, house.token);
  await visitor.post('sign-out', {}, house.token);

  const { stewards } = await visitor.get<{ stewards: { id: string; displayName: string }[] }>('stewards');
  const id = stewards.find(({ displayName }) => displayName === stewardName)?.id;
  await visitor.isRefused('steward-sign-in', { steward: id, pin: secret('wrong PIN of a steward', digits()) }, 'WRONG_PIN');
  steward = secret('token of a steward', String((await visitor.post('steward-sign-in', { steward: id, pin: stewardPin })).token));
  house.pin = secret('PIN after a reset', digits());
  house.token = await enrol(await paperCode(), house.pin, 'same');
  const { locked } = await visitor.get<{ locked: { account: string; sealed: string }[] }>('account', house.token);
  await visitor.isRefused('unlock', { account: locked[0]?.account, code: secret('wrong unlock code', `CDFG-${letters(16)}`) }, 'WRONG_CODE', house.token);
  await visitor.post('unlock', { account: locked[0]?.account, code: secret('unlock code', await opened(locked[0]?.sealed ?? '', house.key)) }, house.token);
  await proveKey();
  const { version, digest } = await visitor.get<{ version: string; digest: string }>('code');
  await visitor.post('accept-code', { version, digest }, house.token);
  await visitor.post('training-answers', { answers: RIGHT }, house.token);
  await visitor.post('policy', { contact: known('contact', `Room ${letters(9)} by the library`), retentionDays: 30 }, house.token);
  const text = { name: known('name of a purpose', `About ${letters(9)}`), words: known('words of a purpose', `q${letters(8)}`), audience: 'only-me', enhances: said('why a purpose helps'), trust: said('how a purpose fits') };
  await visitor.post('propose', { text }, house.token);
  await visitor.post('object', { proposal: 1, text: said('objection') }, house.token);
  const day = new Date().toLocaleDateString('sv-SE');
  await visitor.post('leave-request', { day, from: '00:00', to: '00:01', kind: 'talk', words: known('words of a request', `Ask for ${letters(9)}`) });
  await visitor.isRefused('claim', { session: '0'.repeat(32), secret: secret('claim', letters(40)) }, 'WRONG_CLAIM', house.token);
}

/** As a person at the wall, in a browser of their own profile: a paper code that is wrong, then the PIN. What the browser keeps is the house's as well. */
async function touchAndType(t: Test, house: House): Promise<void> {
  const { school, kiosk, folder, canaries } = house;
  const { page, tap, keys } = await kioskByTouch(t, { school, kiosk, folder });
  /** A name of random letters may be on any page of the list. */
  const ownName = async (): Promise<void> => {
    await page.getByRole('heading', { name: 'Tap your name' }).waitFor();
    while (!await page.getByRole('button', { name: house.teacher }).isVisible()) await tap('More names');
    await tap(house.teacher);
  };
  await tap(/Teachers: start here/);
  await ownName();
  await tap('I have a paper code');
  const typed = canaries.add('paper code as it is touched', makeTypedCode(2).replace('-', ''), []);
  await keys(typed);
  await page.getByText('That name and code do not go together').waitFor();
  await tap('Back');
  await ownName();
  const [reply] = await Promise.all([page.waitForResponse(/\/api\/sign-in$/), keys(house.pin)]);
  canaries.add('token at the wall', (await reply.json() as { token: string }).token, []);
  await kiosk.until('the teacher at the wall', ({ signedIn }) => signedIn);
  canaries.add('paper code as it is read', `${typed.slice(0, 4)}-${typed.slice(4)}`, []);
  const profile = join(folder, 'browser');
  for (const pid of pidsOf(process.pid)) for (const file of ['cmdline', 'environ']) {
    const text = readOr(`/proc/${pid}/${file}`);
    if (file === 'environ' || text.includes(profile)) search(house, `browser ${file}`, text);
  }
  // A reload signs out.
  await page.reload();
  await kiosk.until('nobody at the wall', ({ phase, signedIn }) => phase.kind === 'idle' && !signedIn);
  await page.context().close();
  for (const { path, bytes } of filesBelow(profile)) search(house, `profile ${relative(profile, path)}`, Buffer.concat([Buffer.from(path), bytes]));
}

/** @returns what is in it; nothing where it is gone meanwhile. */
function readOr(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

/** Whatever a program, a stranger or a mistake might send, each with a text of its own. */
async function beRude({ visitor, canaries }: House): Promise<void> {
  const secret = (what: string): string => canaries.add(what, `zq${letters(20)}`, []);
  /** Some lines are cut off while it talks. */
  const rude = (...said: Parameters<Visitor['ask']>) => visitor.ask(...said).catch(() => undefined);
  const json = JSON.stringify({ pin: '123456' });
  await rude('POST', '/api/sign-in', `{"teacher":"x","pin":"${secret('broken JSON')}`);
  await rude('POST', '/api/sign-in', JSON.stringify({ teacher: secret('a name that is no id'), pin: secret('a PIN of letters') }));
  await rude('POST', '/api/sign-in', JSON.stringify({ [secret('an unknown field')]: secret('its value') }));
  await rude('POST', '/api/change-pin', JSON.stringify([secret('an array')]));
  await rude('POST', '/api/sign-in', `${secret('a long body')}${'x'.repeat(20_000)}`);
  await rude('POST', `/api/${secret('an unknown address')}?pin=${secret('a query')}`, json);
  await rude('GET', `/api/events/${secret('an address below a route')}`);
  await rude('GET', `/${secret('a file')}.js?token=${secret('a token in an address')}`);
  await rude('GET', '/api/me', undefined, { authorization: `Bearer ${secret('a wrong token')}`, cookie: `token=${secret('a cookie')}`, 'user-agent': secret('a browser'), referer: `http://localhost/${secret('a referrer')}`, 'x-forwarded-for': secret('a forwarded address') });
  await rude('POST', '/api/stop-framing', json, { origin: `http://${secret('another site')}.example` });
  await rude('GET', '/api/names', undefined, { host: `${secret('another host')}.example` });
  await rude('POST', '/api/mark', secret('text that is not JSON'), { 'content-type': 'text/plain' });
  await rude('GET', '/api/preview', undefined, { connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==', 'sec-websocket-protocol': `lamplight.preview, ${secret('a wrong ticket')}` });
  await rude('POST', '/api/stick-write', JSON.stringify({ file: secret('a name of a file'), text: 'x' }));
}

/** A short recording, collected to the stick. @returns its id. */
async function record(house: House): Promise<string> {
  const { visitor, kiosk, canaries } = house;
  // Whoever starts by a program may be quicker than a camera that was just switched on.
  await kiosk.until('a room in order', ({ phase, warnings }) => phase.kind === 'waking' && warnings.length === 0);
  await visitor.post('start', { purpose: 'personal-reflection', mode: 'picture-and-sound', view: null, lengthMinutes: 50, told: TOLD }, house.token);
  await kiosk.phase('recording');
  await sleep(RECORDED_MS); // the lesson itself
  searchProcesses(house);
  await visitor.post('stop');
  await kiosk.phase('paused');
  await visitor.isRefused('finish', { pin: canaries.add('wrong PIN at the end', digits(), []) }, 'WRONG_PIN');
  house.token = canaries.add('token after a recording', String((await visitor.post('finish', { pin: house.pin })).token), []);
  const { recordings } = await visitor.get<{ recordings: { id: string }[] }>('recordings', house.token);
  const id = recordings[0]?.id ?? '';
  await visitor.post('mark').catch(() => undefined);
  if (!String((await visitor.post('collect', { recording: id }, house.token)).lines).includes('"kind":"collected"')) throw new Error('the recording was not collected');
  return id;
}

const found: Found[] = [];
const searched = new Map<string, number>();

function search({ canaries }: House, where: string, bytes: Buffer | string, place?: 'state' | 'stick'): void {
  found.push(...canaries.in(where, bytes, place));
  const group = where.split(' ')[0] ?? '';
  searched.set(group, (searched.get(group) ?? 0) + 1);
}

/** What is shown of the service and of what it started, and what they share memory through. */
function searchProcesses(house: House): void {
  const pids = pidsOf(house.school.service.child.pid ?? 0);
  for (const pid of pids) for (const file of ['cmdline', 'environ']) search(house, `process ${file}`, readFileSync(`/proc/${pid}/${file}`));
  for (const path of sharedBy(pids)) search(house, `shared ${path}`, readFileSync(path));
}

function searchDisk(house: House, session: string): void {
  const { school, folder, logFile, visitor, canaries } = house;
  // Of what is not secret at all, where it may not be: in the vault neither owner nor purpose, in the state no session, in the log none of them.
  for (const { path, bytes } of filesBelow(school.recorderFolder)) {
    const name = relative(school.recorderFolder, path);
    search(house, `data ${name}`, bytes, name.startsWith('state.json') ? 'state' : undefined);
    for (const [what, text] of [['owner’s account', house.account], ['purpose', 'personal-reflection'], ['purpose in words', 'personal reflection']] as const) {
      if (name.startsWith('vault/') && bytes.includes(text)) found.push({ what, where: name });
    }
    if (!name.startsWith('vault/') && bytes.includes(session)) found.push({ what: 'session', where: name });
  }
  for (const { path, bytes } of filesBelow(school.stick)) search(house, `stick ${relative(school.stick, path)}`, Buffer.concat([Buffer.from(path), bytes]), 'stick');
  for (const { path, bytes } of filesBelow(join(folder, 'room'))) search(house, `lines ${relative(folder, path)}`, bytes);
  const log = readFileSync(logFile, 'utf8');
  search(house, 'log', log);
  search(house, 'stderr', house.stderr);
  for (const text of visitor.refused) search(house, `refusal ${text.slice(0, 200)}`, text);
  for (const [what, text] of [['owner’s account', house.account], ['session', session], ['purpose', 'personal']] as const) if (`${log}${house.stderr}`.includes(text)) found.push({ what, where: 'log' });
  if (canaries.count < 50) throw new Error('there are too few canaries');
}

const pattern = readFileSync('/proc/sys/kernel/core_pattern', 'utf8').trim();
const coresIn = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('core'));

/** Each of them, in the middle of its work. */
async function crashAll(t: Test, { school, folder }: House): Promise<void> {
  const work = join(folder, 'work');
  const service = school.service.child.pid ?? 0;
  const program = { recorder: 'recorder-process', page: 'kiosk/lan/page-process', sign: 'sign-process' };
  for (const [what, path] of Object.entries(program)) await crash(await childOf(service, path)).then(() => t.pass(`${what} has crashed`));
  const endedAfter = await crash(service);
  t.ok(endedAfter < 1000, `the service itself ended ${Math.round(endedAfter)} ms after native code of it went wrong`);
  await school.service.gone;
  const places = [work, ...(pattern.startsWith('/') ? [join(pattern, '..')] : [])];
  t.same(places.flatMap(coresIn), [], 'there is none where the kernel would put it');
  if (pattern !== 'core') {
    t.comment(`the kernel's core_pattern is “${pattern}”: what would be there without prlimit(1) is not tried`);
    return;
  }
  const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000); process.stdout.write("up")'], { cwd: work, stdio: ['ignore', 'pipe', 'ignore'] });
  await once(other.stdout, 'data');
  other.kill('SIGSEGV');
  await once(other, 'exit');
  const left = coresIn(work);
  t.equal(left.length, 1, 'without what main.ts does there would be one');
  for (const name of left) rmSync(join(work, name));
}

t.test('what people entrust to the house', { timeout: 200_000 }, async (t) => {
  // What we start inherits leave to write core files of any size, as from a shell after `ulimit -c unlimited`.
  execFileSync('prlimit', ['--pid', String(process.pid), '--core=unlimited:unlimited']);
  const house = await openHouse(t);
  const { school, kiosk, visitor, folder, canaries } = house;
  const quietLog = (): string => readFileSync(house.logFile, 'utf8').split('\n').filter((line) => !line.includes('turned a request away')).join('\n');
  const logBefore = quietLog();
  await tellSecrets(house);
  const { data } = JSON.parse(readFileSync(join(school.recorderFolder, 'state.json'), 'utf8')) as { data: StoredState };
  house.account = data.accounts.find(({ recipients, pin }) => pin !== null && recipients.includes(house.key.recipient))?.id ?? '';
  await beRude(house);
  const session = await record(house);

  t.equal(quietLog(), logBefore, 'P2.7 no line of the device log is about a teacher or a recording');

  // Once more from the beginning, with the page on the network allowed: what is said at a start, with a session in the vault.
  const settings = join(school.recorderFolder, 'settings.json');
  school.service.child.kill('SIGTERM');
  await school.service.gone;
  writeFileSync(settings, JSON.stringify({ ...JSON.parse(readFileSync(settings, 'utf8')) as object, lan: { address: '127.0.0.1' } }));
  await school.startService();
  listen(house);
  await kiosk.until('a fresh start', ({ phase, signedIn }) => phase.kind === 'idle' && !signedIn, 40_000);
  await touchAndType(t, house);
  const { names } = await visitor.get<{ names: { id: string }[] }>('names');
  for (const { id } of names) {
    const { status, text } = await visitor.ask('POST', '/api/sign-in', JSON.stringify({ teacher: id, pin: house.pin }));
    if (status === 200) house.token = canaries.add('token after a start', (JSON.parse(text) as { token: string }).token, []);
  }
  await kiosk.phase('waking');
  const { page } = await visitor.post('lan-open', {}, house.token) as { page: { url: string; code: string } };
  canaries.add('address of the page on the network', new URL(page.url).pathname.slice(1), []);
  await visitor.post('frame', { view: null }, house.token);
  await kiosk.until('a live picture', ({ phase }) => phase.kind === 'framing' && phase.live);
  await visitor.post('save-view', { name: canaries.add('name of a view', `View ${letters(9)}`, ['state']) }, house.token);
  canaries.add('ticket of the preview', String((await visitor.post('preview-ticket', {}, house.token)).ticket), []);
  searchProcesses(house);
  await t.test('P10.2 no process of the house leaves a core file when it crashes', (t) => crashAll(t, house));
  searchDisk(house, session);

  t.comment(`${canaries.count} canaries; searched: ${[...searched].map(([group, times]) => `${times} × ${group}`).join(', ')}`);
  t.same(found, [], 'P10.2, P10.4, P2.7 no secret is anywhere, no name on the stick, neither owner nor purpose in the vault, nothing in log, refusals and process lists');
  for (const group of ['data', 'stick', 'log', 'stderr', 'refusal', 'process', 'browser', 'profile']) t.ok(searched.has(group), `${group} was searched`);
  const planted = canaries.add('planted', 'plänted text of a careless program', []);
  const base64 = [0, 1, 2].map((ahead) => Buffer.from(`${'='.repeat(ahead)}${planted}, and more`).toString('base64'));
  const ways = [planted, JSON.stringify([planted]), encodeURIComponent(planted), Buffer.from(planted).toString('hex'), Buffer.from(planted, 'utf16le'), ...base64, ...base64.map((text) => Buffer.from(text, 'base64').toString('base64url'))];
  const missed = ways.filter((way) => {
    writeFileSync(join(folder, 'work/planted.bin'), Buffer.concat([randomBytes(37), Buffer.from(way), randomBytes(41)]));
    return !filesBelow(join(folder, 'work')).some(({ path, bytes }) => canaries.in(path, bytes).length === 1);
  });
  t.same(missed, [], `and the search finds what was planted, in ${ways.length} forms`);
  t.ok(canaries.in('state', readFileSync(join(school.recorderFolder, 'state.json'))).length > 5, 'and what may stand in the state does');
});
