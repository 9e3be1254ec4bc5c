import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { lineFaults, type Piece } from '../../hardware/virtual/line-faults.js';
import { monotonic } from '../../hardware/virtual/program.js';
import { SerialLine, type LineFaultName } from '../../hardware/virtual/serial-line.js';
import { misread } from '../../hardware/virtual/wrong-baud.js';
import { HostLine, shortFolder } from './virtual-host.js';

/** A device that answers each byte with three: `a` with `<a>`. */
async function openDevice(t: Test) {
  const { folder, gone } = shortFolder();
  const path = join(folder, 'line');
  const heard: number[] = [];
  const ear = new EventEmitter<{ heard: [] }>();
  const line = await SerialLine.open(path, 115_200, (bytes) => {
    for (const byte of bytes) {
      heard.push(byte);
      line.say(Uint8Array.of(0x3c, byte, 0x3e), 0);
    }
    ear.emit('heard');
  });
  const host = new HostLine(path);
  t.teardown(() => {
    host.close();
    line.close();
    gone();
  });
  /** Says one byte, and resolves when the device has heard it. */
  const ask = async (said: string): Promise<void> => {
    const reached = once(ear, 'heard');
    host.say(said);
    await reached;
  };
  const hear = async (answered: string): Promise<string> => (await host.take(answered.length)).toString('latin1');
  return { line, ask, hear, heard, host };
}

/** What becomes of answers on a line with these faults, each piece in hex. */
function carried(names: readonly LineFaultName[], answers: readonly string[]): string[] {
  const faults = lineFaults(names);
  return answers.flatMap((answer) => {
    const whole: readonly Piece[] = [{ afterMs: 0, bytes: Buffer.from(answer, 'hex') }];
    return faults.reduce((pieces, { carries }) => carries?.(pieces) ?? pieces, whole).map(({ bytes }) => Buffer.from(bytes).toString('hex'));
  });
}

t.test('what each fault makes of a conversation', async (t) => {
  const { line, ask, hear } = await openDevice(t);
  const cases: readonly { fault: LineFaultName | readonly LineFaultName[]; said: readonly string[]; answered: string }[] = [
    { fault: 'none', said: ['a', 'b'], answered: '<a><b>' },
    { fault: 'dropping', said: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], answered: '<a><b><d><e><g>' },
    { fault: 'echoing', said: ['a', 'b'], answered: 'a<a>b<b>' },
    { fault: 'doubled', said: ['a'], answered: '<a><a>' },
    { fault: 'split', said: ['a'], answered: '<a>' },
    { fault: 'joined', said: ['a', 'b', 'c', 'd'], answered: '<a><b><c><d>' },
    { fault: ['doubled', 'dropping'], said: ['a', 'b', 'c'], answered: '<a><a><b><c>' },
    { fault: ['dropping', 'doubled'], said: ['a', 'b', 'c', 'd'], answered: '<a><a><b><b><d><d>' },
    { fault: ['echoing', 'garbled'], said: ['a'], answered: `a${String.fromCharCode(0x3c ^ 0x2a, 0x61 ^ 0x2a)}>` },
    { fault: 'none', said: ['z'], answered: '<z>' },
  ];
  for (const { fault, said, answered } of cases) {
    await line.do({ do: 'line', fault });
    for (const word of said) await ask(word);
    t.equal(await hear(answered), answered, `${String(fault)}: ${said.join('')} → ${answered}`);
  }
  t.equal(line.fault, 'none');
});

t.test('a silent line says nothing and is heard, a dead one neither', async (t) => {
  const { line, ask, hear, heard, host } = await openDevice(t);
  await line.do({ do: 'line', fault: 'silent' });
  await ask('a');
  await line.do({ do: 'line', fault: 'dead' });
  await line.do({ do: 'line', fault: ['dead', 'echoing'] });
  host.say('b');
  t.equal(await hear('b'), 'b', 'its echo has been on the line');
  await line.do({ do: 'line', fault: 'none' });
  await ask('d');
  t.equal(await hear('<d>'), '<d>', 'the first answer that comes is to what was said last');
  t.equal(String.fromCharCode(...heard), 'ad');
});

t.test('a late answer comes 600 ms late', async (t) => {
  const { line, ask, hear } = await openDevice(t);
  await line.do({ do: 'line', fault: 'late' });
  const before = monotonic();
  await ask('a');
  await hear('<a>');
  t.ok(monotonic() - before >= 600, `${Math.round(monotonic() - before)} ms`);
});

t.test('a joined answer is held until the next and written with it', (t) => {
  t.same(carried(['joined'], ['01', '02', '03']), ['0102'], 'the third waits for a fourth');
  t.same(carried(['joined', 'split'], ['01', '02']), ['01', '02']);
  t.end();
});

t.test('noise comes between answers and is the same each time', async (t) => {
  const answers = Array.from({ length: 50 }, () => '9050');
  t.same(carried(['noisy'], answers), carried(['noisy'], answers), 'seeded');
  t.same(carried(['noisy'], answers).filter((_, i) => i % 2 === 0), answers, 'every answer is whole, with something after it');

  const { line, ask, host } = await openDevice(t);
  await line.do({ do: 'line', fault: 'noisy' });
  await ask('a');
  await ask('b');
  const expected = carried(['noisy'], ['3c613e', '3c623e']).join('');
  t.equal((await host.take(expected.length / 2)).toString('hex'), expected, '<a>, noise, <b>, noise');
});

t.test('at the wrong baud rate both hear nonsense', async (t) => {
  const cases = [
    { name: 'the same rate', sent: [0x81, 0x09, 0x04, 0x00, 0xff], times: 1, heard: [0x81, 0x09, 0x04, 0x00, 0xff] },
    { name: 'FF four times too slow: start bit and three more are low', sent: [0xff], times: 4, heard: [0xf8] },
    { name: 'FF four times too fast: its start bit is too short to be one', sent: [0xff], times: 1 / 4, heard: [] },
    { name: '00 four times too fast: start bit and one more are low', sent: [0x00], times: 1 / 4, heard: [0xfe] },
  ];
  for (const { name, sent, times, heard } of cases) t.same([...misread(Uint8Array.from(sent), times)], heard, name);

  const { line, ask, heard, host } = await openDevice(t);
  await line.do({ do: 'line', fault: 'wrong-baud' });
  await ask('a');
  await ask('b');
  await host.take(1);
  t.ok(heard.length > 0 && !heard.some((byte) => 'ab'.includes(String.fromCharCode(byte))), 'the device hears something else');
  await line.do({ do: 'line', fault: 'none' });
});

t.test('what is on the wire when a device loses its power never arrives', async (t) => {
  const { line, ask, hear } = await openDevice(t);
  line.say(Buffer.from('lost'), 20);
  line.cut();
  await ask('a');
  t.equal(await hear('<a>'), '<a>');
});
