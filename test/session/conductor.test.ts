import t from 'tap';
import { FakeHouse, PLAN } from '../fakes/house.js';

t.test('a whole lesson asks the hardware in the order of the design', async (t) => {
  const house = new FakeHouse();
  await house.record();
  t.equal(house.phase, 'recording');
  house.conductor.request({ kind: 'stop' });
  await house.pass(3000);
  t.equal(house.phase, 'paused', 'P2.3 the owner may carry on for a while');
  await house.pass(2 * 60_000);
  t.equal(house.phase, 'idle', 'P2.3 and then it closes by itself');
  t.same(house.asked, [
    'microphone muted', 'camera parked', // boot
    'camera aside', // signed in
    'camera view', 'vault begin', 'recorder prepare part', // announced
    'microphone open', 'recorder open', // confirmed
    'recorder stop', 'microphone muted', 'camera aside', // stopped
    'camera parked', 'vault end', // closed
  ]);
});

t.test('P2.1 the relay is asked to close only after the microphone is verified, and to open before it is muted', async (t) => {
  const house = new FakeHouse();
  await house.record();
  const closedFrom = house.beats.findIndex(({ wish }) => wish.relay === 'closed');
  t.ok(house.beats.slice(0, closedFrom).some(({ wish }) => wish.face.kind === 'recording'), 'the face is asked for first');
  t.ok(house.beats.slice(closedFrom).every(({ wish }) => wish.face.kind === 'recording'), 'and stays while it is closed');
  t.end();
});

t.test('P1.6 a pause captures nothing: the recorder has ended, the microphone is muted, the camera turned aside, the relay open, and the sign says so', async (t) => {
  for (const [who, request] of [['the room', { kind: 'stop' }], ['the owner', { kind: 'pause', owner: PLAN.owner }]] as const) {
    const house = new FakeHouse();
    await house.record();
    house.conductor.request(request);
    await house.pass(3000);
    const { room, phase } = house.conductor.published.state;
    t.match({ phase, room }, { phase: { kind: 'paused' }, room: { recorder: 'none', microphone: 'muted', camera: 'aside', relay: 'open' } }, `${who}: each of them read back`);
    t.match(house.beats.at(-1)?.wish, { face: { kind: 'paused' }, relay: 'open' }, `${who}: PAUSED`);
  }
});

t.test('a beat token leaves every 250 ms while the queue moves, and none once it does not', async (t) => {
  const house = new FakeHouse();
  await house.pass(2000);
  const before = house.beats.length;
  await house.pass(10_000);
  t.equal(house.beats.length - before, 40);
  t.ok(house.beats.every(({ issuedAt }) => issuedAt <= house.clock.now()));
});

t.test('P2.1 the lease that the recorder gets is the time at which the proof was asked for', async (t) => {
  const house = new FakeHouse();
  await house.record();
  const asked = new Set(house.beats.map(({ issuedAt }) => issuedAt));
  t.ok(house.confirmed.length > 3);
  t.ok(house.confirmed.every((requestedAt) => asked.has(requestedAt)), 'no confirmation is made up');
});

t.test('what ends a recording, and what is said of it', async (t) => {
  const cases: { name: string; happens: (house: FakeHouse) => void; told: string | null }[] = [
    { name: 'P9.6 the lamp breaks', happens: (house) => { house.lampBroken = true; }, told: 'LAMP_DARK' },
    { name: 'P9.6 the sign stops answering', happens: (house) => house.dead.add('sign'), told: 'SIGN_SILENT' },
    { name: 'the sign is unplugged', happens: (house) => house.report({ kind: 'lost', fault: 'SIGN_LOST' }), told: 'SIGN_LOST' },
    { name: 'P2.4 its button is pressed', happens: (house) => house.report({ kind: 'button' }), told: null },
    { name: 'the recorder dies', happens: (house) => house.recorderEvent({ kind: 'ended', fault: 'SOURCE_STALLED' }), told: 'SOURCE_STALLED' },
  ];
  for (const { name, happens, told } of cases) {
    const house = new FakeHouse();
    await house.record();
    const confirmed = house.confirmed.length;
    happens(house);
    await house.pass(2000);
    t.equal(house.phase, 'stopping' === house.phase ? 'stopping' : 'paused', name);
    t.equal(house.conductor.published.told, told, `${name}: is said`);
    t.ok(house.confirmed.length - confirmed <= 1, `${name}: nothing more is confirmed`);
  }
});

t.test('a start that cannot be proven ends by itself and says what was missing', async (t) => {
  const house = new FakeHouse();
  await house.pass(1000);
  house.conductor.request({ kind: 'signed-in', owner: PLAN.owner });
  await house.pass(1000);
  house.lampBroken = true;
  house.conductor.request({ kind: 'start', plan: PLAN });
  await house.pass(40_000);
  t.notOk(house.asked.includes('recorder open'), 'P2.1 no device was opened');
  t.equal(house.conductor.published.told, 'LAMP_DARK');
});

t.test('a session that cannot be written is not started', async (t) => {
  const house = new FakeHouse();
  house.dead.add('vault');
  await house.record();
  t.notOk(house.asked.includes('recorder prepare part'));
  t.equal(house.conductor.published.told, 'STORAGE_FAILED');
});

t.test('P2.6 a pause waits for an owner whom wrong PINs keep waiting: long enough to try again, and five minutes more at most', async (t) => {
  const house = new FakeHouse();
  await house.record();
  house.conductor.request({ kind: 'stop' });
  await house.pass(3000 + 110_000);
  house.conductor.request({ kind: 'owner-waits', ms: 30_000 });
  await house.pass(45_000);
  t.equal(house.phase, 'paused', 'the two minutes are over, the wait and twenty seconds are not');
  await house.pass(10_000);
  t.equal(house.phase, 'idle');

  const other = new FakeHouse();
  await other.record();
  other.conductor.request({ kind: 'stop' });
  await other.pass(3000);
  for (let tries = 0; tries < 60; tries += 1) {
    other.conductor.request({ kind: 'owner-waits', ms: 30_000 });
    await other.pass(7_500);
  }
  t.equal(other.phase, 'idle', 'somebody who goes on guessing does not keep it open');
  t.equal(other.asked.at(-1), 'vault end');
});

t.test('framing ends by itself after five minutes, and later for whoever asks to look for longer', async (t) => {
  const house = new FakeHouse();
  await house.pass(3000);
  house.conductor.request({ kind: 'signed-in', owner: PLAN.owner });
  await house.pass(3000);
  house.conductor.request({ kind: 'frame' });
  await house.pass(10_000);
  t.match(house.conductor.published.state.phase, { kind: 'framing', step: 'live' });
  await house.pass(280_000);
  house.conductor.request({ kind: 'frame' });
  const opened = house.asked.length;
  await house.pass(280_000);
  t.match(house.conductor.published.state.phase, { kind: 'framing', step: 'live' });
  t.equal(house.asked.length, opened, 'nothing is closed or opened for that');
  await house.pass(25_000);
  t.equal(house.phase, 'waking');
  t.match(house.conductor.published.state.room, { recorder: 'none', microphone: 'muted', camera: 'aside', relay: 'open' });
});

t.test('P2.6 a recording ends at its time, and a shut-down closes everything first', async (t) => {
  const house = new FakeHouse();
  await house.record();
  await house.pass(51 * 60_000);
  t.equal(house.phase, 'idle');
  t.equal(house.asked.at(-1), 'vault end');

  const other = new FakeHouse();
  await other.record();
  const gone = other.conductor.shutDown();
  await other.pass(3000);
  await gone;
  t.same(other.asked.slice(-4), ['recorder stop', 'microphone muted', 'camera parked', 'vault end']);
});
