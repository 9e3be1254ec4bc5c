import t from 'tap';
import { bodyAtRest, inDegrees, viewAt } from '../../hardware/virtual/camera/body.js';
import { MODELS, type ModelName } from '../../hardware/virtual/camera/models.js';
import type { Habits } from '../../hardware/virtual/camera/visca/commands.js';
import { Dialogue } from '../../hardware/virtual/camera/visca/dialogue.js';
import { hex } from '../../hardware/virtual/camera/visca/messages.js';

const HABITS: Habits = { wakeMs: 2000, inStandby: 'tells', tellsPosition: true, acknowledges: true };
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

function meet(name: ModelName, { power = 'on', ...habits }: Partial<Habits> & { power?: 'on' | 'standby' } = {}) {
  const dialogue = new Dialogue(bodyAtRest(MODELS[name], power), { ...HABITS, ...habits });
  /** What it answers at once. */
  const talk = (said: string, now: number): string => dialogue.hear(bytes(said), now).map(hex).join(' ');
  /** What it has completed by then. */
  const later = (now: number): string => dialogue.due(now).map(hex).join(' ');
  return { dialogue, talk, later };
}

const OK = '90 41 FF 90 51 FF';
const SYNTAX = '90 60 02 FF';

t.test('each model answers as its own list says', (t) => {
  const cases: readonly { says: string; answers: Readonly<Record<ModelName, string>> }[] = [
    { says: '88 30 01 FF', answers: { 'srg-300h': '88 30 02 FF', 'brc-x400': '88 30 02 FF', 'srg-360she': '88 30 02 FF', oem: '' } },
    { says: '88 01 00 01 FF', answers: { 'srg-300h': '88 01 00 01 FF', 'brc-x400': '88 01 00 01 FF', 'srg-360she': '88 01 00 01 FF', oem: '' } },
    { says: '81 01 00 01 FF', answers: { 'srg-300h': '90 50 FF', 'brc-x400': '90 50 FF', 'srg-360she': '90 50 FF', oem: SYNTAX } },
    { says: '81 09 00 02 FF', answers: { 'srg-300h': '90 50 00 01 05 13 01 00 02 FF', 'brc-x400': '90 50 00 01 05 1C 02 10 02 FF', 'srg-360she': '90 50 00 01 06 04 01 00 02 FF', oem: SYNTAX } },
    { says: '81 09 04 00 FF', answers: { 'srg-300h': '90 50 02 FF', 'brc-x400': '90 50 02 FF', 'srg-360she': '90 50 02 FF', oem: '90 50 02 FF' } },
    { says: '81 09 06 11 FF', answers: { 'srg-300h': '90 50 18 17 FF', 'brc-x400': '90 50 18 17 FF', 'srg-360she': '90 50 18 18 FF', oem: '90 50 18 14 FF' } },
    { says: '81 09 06 12 FF', answers: { 'srg-300h': '90 50 00 00 00 00 00 00 00 00 FF', 'brc-x400': '90 50 00 00 00 00 00 00 00 00 FF', 'srg-360she': '90 50 00 00 00 00 00 00 00 00 00 00 FF', oem: '90 50 00 00 00 00 00 00 00 00 FF' } },
    { says: '81 01 7E 01 0A 00 02 FF', answers: { 'srg-300h': SYNTAX, 'brc-x400': OK, 'srg-360she': OK, oem: SYNTAX } },
    { says: '81 09 7E 01 0A FF', answers: { 'srg-300h': SYNTAX, 'brc-x400': '90 50 02 FF', 'srg-360she': '90 50 02 FF', oem: SYNTAX } },
    { says: '81 01 06 08 03 FF', answers: { 'srg-300h': OK, 'brc-x400': OK, 'srg-360she': SYNTAX, oem: SYNTAX } },
    { says: '81 09 06 08 FF', answers: { 'srg-300h': '90 50 03 FF', 'brc-x400': '90 50 03 FF', 'srg-360she': SYNTAX, oem: SYNTAX } },
    { says: '81 01 7E 04 50 02 FF', answers: { 'srg-300h': SYNTAX, 'brc-x400': OK, 'srg-360she': SYNTAX, oem: SYNTAX } },
    { says: '81 09 7E 04 50 FF', answers: { 'srg-300h': SYNTAX, 'brc-x400': '90 50 02 FF', 'srg-360she': SYNTAX, oem: SYNTAX } },
    { says: '81 09 04 3F FF', answers: { 'srg-300h': SYNTAX, 'brc-x400': '90 50 7F FF', 'srg-360she': SYNTAX, oem: SYNTAX } },
    { says: '81 01 04 3F 01 0F FF', answers: { 'srg-300h': OK, 'brc-x400': OK, 'srg-360she': OK, oem: OK } },
    { says: '81 01 04 3F 01 20 FF', answers: { 'srg-300h': SYNTAX, 'brc-x400': OK, 'srg-360she': SYNTAX, oem: OK } },
    { says: '81 01 04 38 03 FF', answers: { 'srg-300h': OK, 'brc-x400': OK, 'srg-360she': OK, oem: OK } },
    { says: '81 09 04 38 FF', answers: { 'srg-300h': '90 50 03 FF', 'brc-x400': '90 50 03 FF', 'srg-360she': '90 50 03 FF', oem: '90 50 03 FF' } },
    { says: '81 01 04 38 FF', answers: { 'srg-300h': SYNTAX, 'brc-x400': '90 60 01 FF', 'srg-360she': '90 60 01 FF', oem: SYNTAX } },
    { says: '81 01 04 38 07 FF', answers: { 'srg-300h': SYNTAX, 'brc-x400': SYNTAX, 'srg-360she': SYNTAX, oem: SYNTAX } },
    { says: '81 21 FF', answers: { 'srg-300h': '90 61 05 FF', 'brc-x400': '90 61 05 FF', 'srg-360she': '90 61 05 FF', oem: SYNTAX } },
  ];
  for (const name of ['srg-300h', 'brc-x400', 'srg-360she', 'oem'] as const) {
    const { talk } = meet(name);
    for (const { says, answers } of cases) t.equal(talk(says, 0), answers[name], `${name}: ${says} → ${answers[name]}`);
  }
  t.end();
});

t.test('each turns by 10° to the right and 5° up in its own steps, and refuses another’s form', (t) => {
  const cases = [
    { name: 'srg-300h', refuses: SYNTAX, says: '81 01 06 02 18 17 00 02 00 00 00 01 00 00 FF', tells: '90 50 00 02 00 00 00 01 00 00 FF', not: '81 01 06 02 18 00 00 02 00 00 00 01 00 00 FF' },
    { name: 'brc-x400', refuses: SYNTAX, says: '81 01 06 02 18 00 00 02 00 00 00 01 00 00 FF', tells: '90 50 00 02 00 00 00 01 00 00 FF', not: '81 01 06 02 18 17 00 02 00 00 00 01 00 00 FF' },
    { name: 'srg-360she', refuses: '90 60 01 FF', says: '81 01 06 02 18 00 00 01 04 00 00 00 00 0A 00 00 FF', tells: '90 50 00 01 04 00 00 00 00 0A 00 00 FF', not: '81 01 06 02 18 00 00 02 00 00 00 01 00 00 FF' },
    { name: 'oem', refuses: SYNTAX, says: '81 01 06 02 18 14 00 00 09 00 00 00 04 08 FF', tells: '90 50 00 00 09 00 00 00 04 08 FF', not: '81 01 06 02 18 17 00 00 09 00 00 00 04 08 FF' },
  ] as const;
  for (const { name, says, tells, not, refuses } of cases) {
    const { dialogue, talk, later } = meet(name);
    t.equal(talk(says, 0), '90 41 FF', `${name} sets out`);
    t.equal(later(5000), '90 51 FF', 'and arrives');
    const { pan, tilt } = viewAt(dialogue.body, 5000);
    t.ok(Math.abs(inDegrees(MODELS[name], pan) - 10) < 0.1 && Math.abs(inDegrees(MODELS[name], tilt) - 5) < 0.1, `${inDegrees(MODELS[name], pan)}°, ${inDegrees(MODELS[name], tilt)}°`);
    t.equal(talk('81 09 06 12 FF', 5000), tells);
    t.equal(talk(not, 5000), refuses, `${name}: ${not} → ${refuses}`);
  }
  const left = meet('srg-360she');
  left.talk('81 01 06 02 18 00 0E 0A 0C 00 00 00 00 00 00 00 FF', 0);
  left.later(9000);
  t.equal(left.talk('81 09 06 12 FF', 9000), '90 50 0E 0A 0C 00 00 00 00 00 00 00 FF', '20 bits to the left end');
  t.end();
});

t.test('Sony’s own examples (EVI-H100S manual p.29)', (t) => {
  const { talk } = meet('srg-300h');
  const examples = [
    ['81 01 04 38 02 FF', OK],
    ['81 01 04 38 FF', SYNTAX],
    ['81 01 04 08 02 FF', '90 61 41 FF'],
    ['81 09 04 38 FF', '90 50 02 FF'],
    ['81 09 05 38 FF', SYNTAX],
    ['81 01 00 01 FF', '90 50 FF'],
  ] as const;
  for (const [said, answered] of examples) t.equal(talk(said, 0), answered, `${said} → ${answered}`);
  t.end();
});

t.test('focus by hand', (t) => {
  const { dialogue, talk, later } = meet('brc-x400');
  talk('81 01 04 38 10 FF', 0);
  t.equal(dialogue.body.settings.focus, 'manual', 'toggled');
  t.equal(talk('81 01 04 48 01 00 00 00 FF', 0), '90 41 FF');
  later(5000);
  t.equal(talk('81 09 04 48 FF', 5000), '90 50 01 00 00 00 FF', 'far');
  t.equal(talk('81 01 04 18 01 FF', 5000), '90 41 FF', 'one push');
  later(10_000);
  t.equal(talk('81 09 04 48 FF', 10_000), '90 50 03 00 00 00 FF', 'sharp again');
  t.equal(talk('81 01 04 08 03 FF', 10_000), OK);
  talk('81 01 04 08 00 FF', 11_000);
  t.equal(talk('81 09 04 48 FF', 20_000), '90 50 06 00 00 00 FF', 'a second towards near, then stopped');
  t.end();
});

t.test('standby at the side turns it to its right end and level', (t) => {
  const { dialogue, talk, later } = meet('brc-x400');
  talk('81 01 7E 04 50 02 FF', 0);
  talk('81 01 06 02 18 00 0F 0E 00 00 00 01 00 00 FF', 0);
  later(5000);
  t.equal(talk('81 01 04 00 03 FF', 5000), '90 41 FF', 'not at once');
  t.equal(talk('81 09 04 00 FF', 5000), '90 50 03 FF');
  t.equal(later(9000), '90 51 FF');
  t.same(viewAt(dialogue.body, 9000), { pan: 0x2200, tilt: 0, zoom: 0 });
  t.equal(talk('81 09 06 10 FF', 9000), '90 50 28 02 FF', 'initialised, move completed, at the right end');
  t.end();
});

t.test('what it tells of its head and its presets', (t) => {
  const { dialogue, talk, later } = meet('brc-x400');
  t.equal(talk('81 09 06 10 FF', 0), '90 50 20 00 FF', 'nothing asked yet');
  talk('81 01 06 01 18 17 01 03 FF', 0);
  t.equal(talk('81 09 06 10 FF', 100), '90 50 24 00 FF', 'on its way');
  t.equal(talk('81 09 06 10 FF', 9000), '90 50 28 01 FF', 'at the left end');
  talk('81 01 04 3F 02 05 FF', 9000);
  t.match(talk('81 09 04 3F FF', 9000), '90 50 05 FF');
  later(15_000);

  dialogue.hold('blocked', 15_000);
  t.equal(talk('81 01 06 02 18 00 00 01 00 00 00 00 00 00 FF', 15_000), '90 41 FF');
  t.equal(talk('81 09 06 10 FF', 16_000), '90 50 2C 10 FF', 'failed, pan defective');
  t.equal(later(99_000), '', 'never complete');
  t.equal(dialogue.nextAt, Infinity);
  dialogue.hold('free', 99_000);
  t.equal(later(100_000), '90 51 FF', 'let go, it gets there');
  t.equal(viewAt(dialogue.body, 100_000).pan, 0x100);
  t.end();
});

t.test('an OEM camera takes one command after another in its only socket', (t) => {
  const { dialogue, talk, later } = meet('oem');
  t.equal(talk('81 01 06 02 01 01 00 00 09 00 00 00 00 00 FF', 0), '90 41 FF');
  t.equal(talk('81 01 04 47 04 00 00 00 FF', 0), '90 41 FF', 'the same socket, while the first still executes');
  t.equal(later(5000), '90 51 FF', 'zoomed');
  t.equal(later(20_000), '90 51 FF', 'turned');
  dialogue.fill(1);
  t.equal(talk('81 01 06 04 FF', 20_000), '90 61 41 FF', 'it knows no "buffer full"');
  t.end();
});

t.test('habits that some cameras have', (t) => {
  t.equal(meet('srg-300h', { tellsPosition: false }).talk('81 09 06 12 FF', 0), SYNTAX, 'does not tell its position');
  t.equal(meet('srg-300h', { acknowledges: false }).talk('81 01 04 38 02 FF', 0), '90 51 FF', 'a Completion without an ACK');

  const stale = meet('brc-x400', { inStandby: 'stale' });
  stale.talk('81 09 06 12 FF', 0);
  stale.talk('81 01 7E 04 50 02 FF', 0);
  stale.talk('81 01 04 00 03 FF', 0);
  stale.later(9000);
  t.equal(stale.talk('81 09 06 12 FF', 9000), '90 50 00 00 00 00 00 00 00 00 FF', 'says where it looked before');
  t.end();
});

t.test('the handset', (t) => {
  const { dialogue, talk } = meet('srg-300h');
  t.same(dialogue.press('left', 0), []);
  t.ok(inDegrees(MODELS['srg-300h'], viewAt(dialogue.body, 1000).pan) < -14, 'turned it');
  dialogue.press('power', 1000);
  t.equal(talk('81 09 04 00 FF', 1000), '90 50 03 FF', 'switched it off');
  dialogue.press('power', 2000);
  dialogue.due(9000);
  t.equal(talk('81 09 04 00 FF', 9000), '90 50 02 FF', 'and on');

  talk('81 01 7D 01 03 00 00 FF', 9000);
  t.same(dialogue.press('home', 9000).map(hex), ['90 07 7D 01 06 01 FF'], 'and the host is told, where it asked to be');
  talk('81 01 06 08 03 FF', 9000);
  t.same(dialogue.press('power', 9000), []);
  t.equal(talk('81 09 04 00 FF', 9000), '90 50 02 FF', 'locked, it does nothing');
  t.end();
});

t.test('a restart forgets what was set, and turns home', (t) => {
  const { dialogue, talk, later } = meet('brc-x400');
  for (const said of ['81 01 7E 04 50 02 FF', '81 01 7E 01 0A 00 02 FF', '81 01 06 08 03 FF', '81 01 04 3F 01 02 FF', '81 01 06 02 18 00 00 08 00 00 00 00 00 00 FF']) talk(said, 0);
  later(5000);
  t.same(dialogue.restart('on', 5000).map(hex), ['90 38 FF']);
  t.equal(talk('81 09 04 00 FF', 5000), '90 50 03 FF', 'it boots');
  t.equal(talk('81 09 06 10 FF', 5000).slice(0, 8), '90 50 14', 'and finds its home');
  t.equal(talk('81 01 06 04 FF', 5000), '90 61 41 FF');
  later(9000);
  t.match(dialogue.body.settings, { tally: 'off', irLocked: false, standbyMode: 'side' });
  t.same(viewAt(dialogue.body, 9000), { pan: 0, tilt: 0, zoom: 0 });
  t.ok(dialogue.body.presets.has(2), 'its presets are still there');
  t.end();
});

t.test('without an address it hears nobody, until it is given one', (t) => {
  const { dialogue, talk } = meet('srg-300h');
  t.equal(hex(dialogue.loseAddress('camera')), '90 38 FF');
  t.equal(talk('81 09 04 00 FF', 0), '');
  t.equal(talk('88 01 00 01 FF', 0), '88 01 00 01 FF', 'but what is for all');
  t.equal(talk('81 09 04 00 FF', 0), '');
  t.equal(talk('88 30 01 FF', 0), '88 30 02 FF');
  t.equal(talk('81 09 04 00 FF', 0), '90 50 02 FF');
  t.equal(hex(dialogue.loseAddress('all')), '88 38 FF');

  const oem = meet('oem');
  oem.dialogue.loseAddress('camera');
  t.equal(oem.talk('81 09 04 00 FF', 0), '90 50 02 FF', 'an OEM camera is always address 1');
  t.end();
});
