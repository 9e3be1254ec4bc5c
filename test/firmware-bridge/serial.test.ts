import fc from 'fast-check';
import { once, EventEmitter } from 'node:events';
import { readdirSync, readlinkSync, realpathSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { SerialPort } from 'serialport';
import t, { type Test } from 'tap';
import { DeviceLost, DeviceRefused } from '../../firmware-bridge/serial/errors.js';
import { createLineReader, LONGEST_LINE_BYTES } from '../../firmware-bridge/serial/lines.js';
import { openLink, openPort, type Link, type LinkState } from '../../firmware-bridge/serial/link.js';
import { supervise, type Policy, type Supervision, type SupervisionEvent } from '../../firmware-bridge/serial/supervision.js';
import { createSupervisor, type SupervisedDevice } from '../../firmware-bridge/serial/supervisor.js';
import { backOffMs, systemTimers, type Timers } from '../../firmware-bridge/serial/timers.js';
import { Pty } from '../../hardware/virtual/pty.js';
import type { MicrophoneState, Verified } from '../../session/ports.js';
import { handWoundClock } from './hand-wound-clock.js';

const DEADLINE = (): { signal: AbortSignal } => ({ signal: AbortSignal.timeout(10_000) });

t.test('waits between attempts double from 250 ms to 2 s', (t) => {
  t.strictSame([1, 2, 3, 4, 5, 6, 60].map((failures) => backOffMs(failures)), [250, 500, 1000, 2000, 2000, 2000, 2000]);
  t.strictSame([1, 2, 3, 4, 60].map((failures) => backOffMs(failures, 1000)), [250, 500, 1000, 1000, 1000]);
  t.end();
});

t.test('lines', async (t) => {
  const whole = 'x'.repeat(LONGEST_LINE_BYTES);
  const cases: [name: string, chunks: string[], lines: string[]][] = [
    ['come whole', ['+OK\r\n'], ['+OK']],
    ['come joined', ['+OK\r\n+OK 2\r\n'], ['+OK', '+OK 2']],
    ['come split anywhere, also inside their end', ['+', 'OK\r', '\n+OK', ' 2\r\n'], ['+OK', '+OK 2']],
    ['end by LF, CR LF, CR NUL or CR', ['a\nb\r\nc\r\0d\re\n'], ['a', 'b', 'c', 'd', 'e']],
    ['that are empty are not told', ['\r\n\r\n\n+OK\r\n\r\n'], ['+OK']],
    ['without an end are not told', ['+OK'], []],
    ['of the longest length are told', [`${whole}\n`], [whole]],
    ['one byte longer vanish, and the neighbours stay', [`a\n${whole}x\nb\n`], ['a', 'b']],
    ['that never end vanish, in many chunks', ['a\n', ...Array<string>(100).fill(whole), '+OK true\nb\n'], ['a', 'b']],
  ];
  for (const [name, chunks, lines] of cases) {
    const told: string[] = [];
    const reader = createLineReader((line) => void told.push(line));
    for (const chunk of chunks) reader.push(Buffer.from(chunk));
    await setImmediate();
    t.strictSame(told, lines, name);
  }
  const told: string[] = [];
  const reader = createLineReader((line) => void told.push(line));
  reader.push(Buffer.from('+OK "value":tr'));
  reader.reset();
  reader.push(Buffer.from('ue\n'));
  await setImmediate();
  t.strictSame(told, ['ue'], 'of one opening are not joined to those of the next');
});

/** A device on a pseudo-terminal, what it heard, and the link to it. */
async function lineOf(t: Test): Promise<{ pty: Pty; path: string; heard: () => string; news: EventEmitter; states: LinkState[]; link: Link }> {
  const path = join(t.testdir(), 'line');
  let heard = '';
  const news = new EventEmitter();
  const pty = await Pty.open(path, (bytes) => {
    heard += bytes.toString();
    news.emit('heard');
  });
  const link = openLink({ path, baudRate: 115_200, raiseDtr: true });
  const states: LinkState[] = [];
  link.onState((state) => {
    states.push(state);
    news.emit(state.kind);
  });
  link.onBytes((bytes) => news.emit('bytes', Buffer.from(bytes).toString()));
  t.teardown(async () => {
    await link.close();
    pty.unplug();
  });
  return { pty, path, heard: () => heard, news, states, link };
}

t.test('a port that opens after its time is closed again, and the process lives', async (t) => {
  const path = join(t.testdir(), 'line');
  const pty = await Pty.open(path, () => undefined);
  t.teardown(() => pty.unplug());
  const line = realpathSync(path);
  const holds = (): number => readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === line;
    } catch {
      return false; // closed meanwhile
    }
  }).length;
  const before = holds(); // of the other end
  const close = Reflect.get(SerialPort.prototype as object, 'close') as SerialPort['close'];
  const closing = t.capture(SerialPort.prototype, 'close', function closed(this: SerialPort, ...told: unknown[]) { Reflect.apply(close, this, told); });
  // As where the service was so busy that both came at once: the time was over, and the port is open.
  const late: Timers = { now: systemTimers.now, after: (_, work) => { work(); return () => undefined; } };
  for (let turn = 0; turn < 20; turn += 1) {
    await t.rejects(openPort(path, 9600, late), { message: /did not open within/ });
    while (closing().length === 0) await setImmediate();
    while (holds() > before) await setImmediate(); // until then its lock refuses the next one
  }
  t.pass('all of them');
});

t.test('a link opens, carries bytes both ways, notices the plug, and comes back', async (t) => {
  const { pty, heard, news, link, states } = await lineOf(t);
  t.equal(link.write(Buffer.from('too early')), false, 'what is said before it is open is refused');
  await once(news, 'open', DEADLINE());
  t.ok(link.write(Buffer.from('hello')));
  while (heard() !== 'hello') await once(news, 'heard', DEADLINE());
  const bytes = once(news, 'bytes', DEADLINE());
  pty.write(Buffer.from('hi'));
  t.strictSame(await bytes, ['hi']);

  const lost = once(news, 'lost', DEADLINE());
  pty.unplug();
  await lost;
  t.equal(link.write(Buffer.from('STALE-UNMUTE')), false, 'what is said while it is lost is refused');
  const open = once(news, 'open', DEADLINE());
  await pty.plug();
  await open;
  t.ok(link.write(Buffer.from('again')));
  while (!heard().endsWith('again')) await once(news, 'heard', DEADLINE());
  t.equal(heard(), 'helloagain', 'nothing stale was ever delivered');

  await Promise.all([link.close(), link.close()]);
  t.strictSame(link.state, { kind: 'closed' }, 'closing twice is harmless');
  t.equal(states.filter(({ kind }) => kind === 'closed').length, 1, 'and told once');
  t.equal(link.write(Buffer.from('x')), false);
});

t.test('a link survives its plug being pulled and put back many times, a drop among them', async (t) => {
  const { pty, news, link } = await lineOf(t);
  await once(news, 'open', DEADLINE());
  for (let round = 0; round < 5; round += 1) {
    const lost = once(news, 'lost', DEADLINE());
    const open = once(news, 'open', DEADLINE());
    if (round === 2) link.drop('it talks nonsense');
    else pty.unplug();
    await lost;
    await pty.plug();
    await open;
    const bytes = once(news, 'bytes', DEADLINE());
    pty.write(Buffer.from(`round ${round}`));
    t.strictSame(await bytes, [`round ${round}`]);
  }
});

t.test('a link waits for a path that is not there yet, and follows its symbolic link anew', async (t) => {
  const folder = t.testdir();
  const byId = join(folder, 'by-id');
  const link = openLink({ path: byId, baudRate: 9600 });
  const news = new EventEmitter();
  link.onState((state) => news.emit(state.kind, state));
  const [lost] = (await once(news, 'lost', DEADLINE())) as [Extract<LinkState, { kind: 'lost' }>];
  t.match(lost.why, /by-id cannot be opened: .*; check that it is plugged in/);
  t.equal(lost.retryInMs, 250);

  const first = await Pty.open(join(folder, 'ttyUSB0'), () => undefined);
  symlinkSync(first.link, byId);
  await once(news, 'open', DEADLINE());
  const gone = once(news, 'lost', DEADLINE());
  first.unplug();
  unlinkSync(byId);
  await gone;
  const second = await Pty.open(join(folder, 'ttyUSB1'), () => undefined);
  symlinkSync(second.link, byId);
  await once(news, 'open', DEADLINE());
  await link.close();
  second.unplug();
});

t.test('a link that is closed while it opens stays closed', async (t) => {
  const clock = handWoundClock();
  const path = join(t.testdir(), 'nothing');
  const link = openLink({ path, baudRate: 9600, timers: clock });
  const states: string[] = [];
  link.onState(({ kind }) => states.push(kind));
  await link.close();
  await t.rejects(openPort(path, 9600), 'by now the link knows as well that there is no such path');
  await clock.wind(60_000);
  t.strictSame(states, ['closed']);
});

t.test('a raw port for the sign opens, and one that is not there says so', async (t) => {
  const path = join(t.testdir(), 'sign');
  await t.rejects(openPort(path, 115_200), { message: /sign cannot be opened: .*; check/ });
  const pty = await Pty.open(path, () => undefined);
  const port = await openPort(path, 115_200);
  t.ok(port.isOpen);
  port.close();
  pty.unplug();
});

const POLICY: Policy<MicrophoneState> = {
  safeFirst: () => 'muted',
  lostFault: 'MICROPHONE_LOST',
  astrayFault: (goal) => (goal === 'muted' ? 'MICROPHONE_NOT_MUTED' : undefined),
  recheckMs: 10_000,
};

t.test('on every way through the rules, only what was read back is called verified, and the safe state comes first', (t) => {
  const anyState = fc.constantFrom<MicrophoneState>('muted', 'open');
  const anyEvent = fc.oneof(
    fc.constantFrom<SupervisionEvent<MicrophoneState>>({ kind: 'connected' }, { kind: 'lost' }, { kind: 'failed' }, { kind: 'due' }),
    anyState.map((wish) => ({ kind: 'wished' as const, wish })),
    fc.option(anyState, { nil: undefined }).map((value) => ({ kind: 'read' as const, value })),
  );
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
      let state: Supervision<MicrophoneState> = { kind: 'lost', wish: 'muted' };
      let securedSinceConnect = false;
      for (const event of events) {
        if (event.kind === 'connected' || event.kind === 'lost') securedSinceConnect = false;
        if (event.kind === 'read' && event.value === 'muted' && state.kind !== 'lost') securedSinceConnect = true;
        const wish = event.kind === 'wished' ? event.wish : state.wish;
        const before = state;
        const step: ReturnType<typeof supervise<MicrophoneState>> = supervise(POLICY, state, event);
        state = step.state;
        if (state.wish !== wish) throw new Error('the last wish was forgotten');
        for (const effect of step.effects) {
          if (effect.kind === 'attempt' && effect.goal === 'open' && !securedSinceConnect) throw new Error('opened before it was muted');
          if (effect.kind === 'tell' && effect.verified.kind === 'verified') {
            if (event.kind !== 'read' || event.value !== effect.verified.value || effect.verified.value !== wish) throw new Error('verified without a read-back');
            if (before.kind === 'lost') throw new Error('verified without a line');
          }
        }
      }
    }),
    { numRuns: 2000 },
  );
  t.end();
});

/** A supervisor of a device that a test answers for, on a clock that it winds. */
function room(): {
  clock: ReturnType<typeof handWoundClock>;
  told: Verified<MicrophoneState>[];
  did: string[];
  dropped: string[];
  device: { greet: () => Promise<void>; command: (goal: MicrophoneState) => Promise<void>; read: () => Promise<MicrophoneState | undefined> };
  line: (state: LinkState) => void;
  want: (wish: MicrophoneState) => void;
} {
  const clock = handWoundClock();
  const told: Verified<MicrophoneState>[] = [];
  const did: string[] = [];
  const dropped: string[] = [];
  const device: ReturnType<typeof room>['device'] = { greet: () => Promise.resolve(), command: () => Promise.resolve(), read: () => Promise.resolve('muted') };
  const listeners: ((state: LinkState) => void)[] = [];
  const line = (state: LinkState): void => listeners.forEach((listener) => listener(state));
  const link: Link = {
    state: { kind: 'open' },
    write: () => true,
    onBytes: () => undefined,
    onState: (listener) => void listeners.push(listener),
    drop(why) {
      dropped.push(why);
      line({ kind: 'lost', why, retryInMs: 250 });
    },
    close: () => Promise.resolve(),
  };
  const spied: SupervisedDevice<MicrophoneState> = {
    greet: () => (did.push('greet'), device.greet()),
    command: (goal) => (did.push(goal), device.command(goal)),
    read: () => (did.push('read'), device.read()),
  };
  const supervisor = createSupervisor<MicrophoneState>({ link, device: spied, policy: POLICY, firstWish: 'muted', timers: clock, log: () => undefined });
  supervisor.onVerified((verified) => told.push(verified));
  return { clock, told, did, dropped, device, line, want: (wish) => supervisor.want(wish) };
}

t.test('a supervisor greets, secures, verifies, and looks again every 10 s', async (t) => {
  const { clock, told, did, device, line } = room();
  line({ kind: 'open' });
  await clock.wind(0);
  t.strictSame(did, ['greet', 'muted', 'read']);
  t.strictSame(told, [{ kind: 'verified', value: 'muted' }]);
  await clock.wind(9_999);
  t.equal(did.length, 3, 'nothing happens in between');
  await clock.wind(1);
  t.strictSame(did.slice(3), ['read']);
  t.equal(told.length, 2, 'each read-back is told');

  device.read = () => Promise.resolve('open');
  await clock.wind(10_000);
  t.strictSame(did.slice(4), ['read', 'muted', 'read'], 'found unmuted, it is muted again at once');
  t.strictSame(told.slice(2), [{ kind: 'unverified', fault: 'MICROPHONE_NOT_MUTED' }], 'and the room is told, once');
});

t.test('a device that cannot be read, or lies, is never called verified, and is tried at growing intervals', async (t) => {
  const { clock, told, did, device, line } = room();
  device.read = () => Promise.resolve(undefined);
  line({ kind: 'open' });
  await clock.wind(0);
  t.strictSame(told, [{ kind: 'unverified', fault: 'MICROPHONE_NOT_MUTED' }]);
  device.command = () => Promise.reject(new DeviceRefused('no'));
  await clock.wind(60_000);
  t.equal(told.length, 1);
  const attempts = did.filter((what) => what === 'muted').length;
  t.ok(attempts > 25 && attempts < 40, `${attempts} attempts in a minute`);
});

t.test('the last wish wins over the one under way, whose late end is not heard', async (t) => {
  const { clock, told, did, device, line, want } = room();
  line({ kind: 'open' });
  await clock.wind(0);
  let finishOld: (value: MicrophoneState) => void = () => undefined;
  device.read = () => new Promise((resolve) => (finishOld = resolve));
  want('open');
  await clock.wind(0);
  device.read = () => Promise.resolve('muted');
  want('muted');
  finishOld('open');
  await clock.wind(0);
  want('muted');
  await clock.wind(0);
  t.strictSame(did.slice(3), ['open', 'read', 'muted', 'read'], 'and a wish that is repeated is none');
  t.strictSame(told.slice(1), [{ kind: 'unverified' }, { kind: 'verified', value: 'muted' }], 'open is never told');
});

t.test('a device that falls silent is lost, its line begun anew, and the safe state comes before the wish', async (t) => {
  const { clock, told, did, dropped, device, line, want } = room();
  let is: MicrophoneState = 'open';
  device.command = (goal) => ((is = goal), Promise.resolve());
  device.read = () => Promise.resolve(is);
  want('open');
  line({ kind: 'open' });
  await clock.wind(0);
  t.strictSame(did, ['greet', 'muted', 'read', 'open', 'read']);
  t.strictSame(told.at(-1), { kind: 'verified', value: 'open' });

  device.read = () => Promise.reject(new DeviceLost('silence'));
  await clock.wind(10_000);
  t.strictSame(dropped, ['silence']);
  t.strictSame(told.at(-1), { kind: 'unverified', fault: 'MICROPHONE_LOST' });
  device.greet = () => Promise.reject(new DeviceRefused('a stranger'));
  line({ kind: 'open' });
  await clock.wind(0);
  t.strictSame(dropped, ['silence', 'a stranger'], 'who cannot be greeted is commanded nothing');
  device.greet = () => Promise.resolve();
  device.read = () => Promise.resolve(is);
  line({ kind: 'open' });
  await clock.wind(0);
  t.strictSame(did.slice(-5), ['greet', 'muted', 'read', 'open', 'read']);
});
