/** Where the stick stands, over a port that does what the test says. */
import t from 'tap';
import { StickError } from '../../../pipeline/collect/faults.js';
import { folderStick } from '../../../pipeline/collect/folder-stick.js';
import { Stick, type Seen, type StickPort } from '../../../pipeline/collect/stick.js';

function scripted(folder: string) {
  const calls: string[] = [];
  const port: { stick: Seen | undefined; fails: StickError | undefined } = { stick: { id: 'a', label: 'SCHOOL', fileSystem: 'exfat' }, fails: undefined };
  const does = <T>(call: string, value: T): Promise<T> => {
    calls.push(call);
    return port.fails === undefined ? Promise.resolve(value) : Promise.reject(port.fails);
  };
  const stick = new Stick({
    look: () => Promise.resolve(port.stick), mount: ({ id }) => does(`mount ${id}`, folder), unmount: ({ id }) => does(`unmount ${id}`, undefined), powerOff: ({ id }) => does(`off ${id}`, undefined), close: () => undefined,
  } satisfies StickPort);
  return { stick, port, calls };
}

t.test('from plugged in to safe to pull', async (t) => {
  const { stick, port, calls } = scripted(t.testdir());
  t.same(await stick.state(), { kind: 'seen', label: 'SCHOOL' });
  const opening = stick.open();
  await Promise.resolve();
  await opening;
  t.match(await stick.state(), { kind: 'ready', label: 'SCHOOL', fileSystem: 'exfat', freeBytes: Number });
  await stick.remove();
  t.same(calls, ['mount a', 'unmount a', 'off a']);
  t.same(await stick.state(), { kind: 'safe-to-pull', label: 'SCHOOL' });
  port.stick = undefined;
  t.same(await stick.state(), { kind: 'safe-to-pull', label: 'SCHOOL' }, 'without power it is not seen any more');
  port.stick = { id: 'b', label: 'OTHER', fileSystem: 'vfat' };
  t.same(await stick.state(), { kind: 'seen', label: 'OTHER' }, 'plugged in anew');
});

t.test('used for a moment it is mounted for a moment; in use it is not removed', async (t) => {
  const { stick, calls } = scripted(t.testdir());
  await stick.during(async () => {
    t.same(calls, ['mount a']);
    await stick.during(() => Promise.resolve());
    t.same(calls, ['mount a'], 'once for both');
    await t.rejects(stick.remove(), { code: 'STICK_IN_USE' });
  });
  t.same(calls, ['mount a', 'unmount a']);
  t.match(await stick.state(), { kind: 'seen' });
  await stick.open();
  await stick.during(() => Promise.resolve());
  t.match(await stick.state(), { kind: 'ready' }, 'opened by hand it stays');
  await stick.close();
  t.same(calls.at(-1), 'unmount a');
});

t.test('none, unusable, pulled out, and what refuses to go', async (t) => {
  const { stick, port } = scripted(t.testdir());
  port.stick = undefined;
  t.same(await stick.state(), { kind: 'none' });
  await t.rejects(stick.open(), { code: 'STICK_MISSING' });
  port.stick = { id: 'a', label: 'TWO', fileSystem: 'vfat', fault: 'TWO_STICKS' };
  t.same(await stick.state(), { kind: 'trouble', fault: 'TWO_STICKS' });
  await t.rejects(stick.during(() => Promise.resolve()), { code: 'TWO_STICKS' });
  port.stick = { id: 'a', label: 'ONE', fileSystem: 'vfat' };
  port.fails = new StickError('STICK_NOT_ALLOWED', 'polkit');
  await t.rejects(stick.open(), { code: 'STICK_NOT_ALLOWED' });
  t.match(await stick.state(), { kind: 'seen' });
  port.fails = undefined;
  await stick.open();
  port.fails = new StickError('STICK_IN_USE', 'busy');
  await t.rejects(stick.remove(), { code: 'STICK_IN_USE' });
  t.match(await stick.state(), { kind: 'ready' }, 'not safe to pull');
  port.stick = undefined;
  t.same(await stick.state(), { kind: 'none' }, 'pulled out all the same');
});

t.test('a folder stands for a stick', async (t) => {
  const folder = t.testdir();
  const stick = new Stick(folderStick(folder));
  await stick.open();
  t.match(await stick.state(), { kind: 'ready', freeBytes: Number });
  await stick.remove();
  t.match(await stick.state(), { kind: 'safe-to-pull' });
  await stick.during(() => Promise.resolve());
  t.match(await stick.state(), { kind: 'seen' }, 'and is there again when it is wanted');
  t.same(await new Stick(folderStick(`${folder}/none`)).state(), { kind: 'none' });
});
