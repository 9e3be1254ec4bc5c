import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { stickDesk, type StickName } from '../../../desks/stick.js';
import type { StickFile } from '../../../kiosk/protocol/account.js';
import { folderStick } from '../../../pipeline/collect/folder-stick.js';
import { readSmallFile, SMALL_FILE_FAULTS, SMALL_FILE_LIMIT, writeSmallFile, WRITTEN_LIMIT } from '../../../pipeline/collect/small-file.js';
import { Stick } from '../../../pipeline/collect/stick.js';

const NAME = 'lamplight-key.age';

t.test('what was written comes back, alone on the stick', async (t) => {
  const stick = t.testdir();
  for (const text of ['', 'one line\n', 'Ławka – اردو\n', 'x'.repeat(SMALL_FILE_LIMIT)]) {
    rmSync(path.join(stick, NAME), { force: true });
    await writeSmallFile(stick, NAME, text);
    t.equal(await readSmallFile(stick, NAME), text);
    t.same(readdirSync(stick), [NAME]);
  }
});

t.test('P1.5 what was there under that name is kept, where it is something else', async (t) => {
  const stick = t.testdir({ [`${NAME}.1`]: 'from long ago' });
  for (const text of ['first', 'second', 'second', 'third']) await writeSmallFile(stick, NAME, text);
  const all = Object.fromEntries(readdirSync(stick).map((name) => [name, readFileSync(path.join(stick, name), 'utf8')]));
  t.same(all, { [NAME]: 'third', [`${NAME}.1`]: 'from long ago', [`${NAME}.2`]: 'first', [`${NAME}.3`]: 'second' });
  for (let number = 4; number < 100; number++) writeFileSync(path.join(stick, `${NAME}.${number}`), '');
  await t.rejects(writeSmallFile(stick, NAME, 'fourth'), { code: 'TOO_MANY_COPIES' });
  t.equal(readFileSync(path.join(stick, NAME), 'utf8'), 'third');
  t.notOk(readdirSync(stick).some((name) => name.endsWith('.part')), 'nothing half-done stays');
});

t.test('a link, a pipe or a folder of that name is set aside by writing, and never followed', async (t) => {
  const base = t.testdir({ stick: {}, elsewhere: 'not ours' });
  const stick = path.join(base, 'stick');
  symlinkSync('../elsewhere', path.join(stick, NAME));
  await writeSmallFile(stick, NAME, 'a key');
  t.equal(readFileSync(path.join(base, 'elsewhere'), 'utf8'), 'not ours');
  for (const make of [() => spawnSync('mkfifo', [path.join(stick, NAME)]), () => mkdirSync(path.join(stick, NAME))]) {
    rmSync(path.join(stick, NAME));
    make();
    await writeSmallFile(stick, NAME, 'a key');
    t.equal(await readSmallFile(stick, NAME), 'a key');
  }
});

t.test('only a regular, small file of text is read', async (t) => {
  const stick = t.testdir({ folder: {}, text: 'text', marked: '\ufefftext' });
  const at = (name: string): string => path.join(stick, name);
  symlinkSync('text', at('link'));
  symlinkSync('link-to-itself', at('link-to-itself'));
  spawnSync('mkfifo', [at('pipe')]);
  writeFileSync(at('large'), Buffer.alloc(SMALL_FILE_LIMIT + 1));
  writeFileSync(at('latin1'), Buffer.from('caf\xe9', 'latin1'));
  const faults = [['folder', 'FILE_NOT_PLAIN'], ['link', 'FILE_NOT_PLAIN'], ['link-to-itself', 'FILE_NOT_PLAIN'], ['pipe', 'FILE_NOT_PLAIN'], ['large', 'FILE_TOO_LARGE'], ['latin1', 'FILE_NOT_TEXT'], ['none', 'FILE_MISSING']] as const;
  for (const [name, code] of faults) await t.rejects(readSmallFile(stick, name), { code }, name);
  await t.rejects(readSmallFile(at('none'), NAME), { code: 'STICK_MISSING' });
  await t.rejects(readSmallFile('/proc/self', 'mem'), { name: 'SmallFileError' }, 'what cannot be read though it is a file');
  t.equal(await readSmallFile(stick, 'marked'), 'text', 'a byte order mark is no part of it');
});

t.test('faults of the stick', async (t) => {
  const base = t.testdir({ 'a-file': '' });
  const at = (name: string): string => path.join(base, name);
  await t.rejects(writeSmallFile(at('none'), NAME, 'a key'), { code: 'STICK_MISSING' });
  await t.rejects(writeSmallFile(at('a-file'), NAME, 'a key'), { code: 'STICK_MISSING' });
  await t.rejects(writeSmallFile(base, NAME, 'x'.repeat(WRITTEN_LIMIT + 1)), { code: 'FILE_TOO_LARGE' });

  await t.test('pulled before it was read back', async (t) => {
    mkdirSync(at('pulled'));
    await t.rejects(writeSmallFile(at('pulled'), NAME, 'a key', () => renameSync(at('pulled'), at('away'))), { code: 'STICK_MISSING' });
    t.notOk(existsSync(path.join(at('away'), NAME)), 'what was not compared has no name');
  });

  await t.test('what reads back differently gets no name, and the old one stays', async (t) => {
    mkdirSync(at('lying'));
    writeFileSync(path.join(at('lying'), NAME), 'the old key');
    await t.rejects(writeSmallFile(at('lying'), NAME, 'a key', () => {
      const [part = ''] = readdirSync(at('lying')).filter((name) => name.endsWith('.part'));
      writeFileSync(path.join(at('lying'), part), 'a kez');
    }), { code: 'STICK_FAILED' });
    t.same(readdirSync(at('lying')), [NAME]);
    t.equal(readFileSync(path.join(at('lying'), NAME), 'utf8'), 'the old key');
  });

  await t.test('full, and read-only', async (t) => {
    mkdirSync(at('small'));
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=32k', 'tmpfs', at('small')]).status !== 0) return t.comment('not run: it needs the right to mount');
    t.teardown(() => spawnSync('umount', [at('small')]));
    await t.rejects(writeSmallFile(at('small'), NAME, 'x'.repeat(60_000)), { code: 'STICK_FULL' });
    t.same(readdirSync(at('small')), [], 'nothing half-done stays');
    spawnSync('mount', ['-o', 'remount,ro', at('small')]);
    return t.rejects(writeSmallFile(at('small'), NAME, 'a key'), { code: 'STICK_READ_ONLY' });
  });
});

t.test('P10.4 the desk knows seven names, none of them a person’s, and answers in words', async (t) => {
  const folder = t.testdir();
  const desk = stickDesk(new Stick(folderStick(folder)));
  const files: readonly StickFile[] = ['locked-key', 'recipient', 'sheet', 'test-code'];
  const names: readonly StickName[] = ['paper-codes.html', 'staff.csv', 'code-of-practice.md'];
  await Promise.all(files.map(async (file) => t.same(await desk.write(file, file), { ok: true })));
  await Promise.all(names.map(async (name) => t.same(await desk.writeNamed(name, name), { ok: true })));
  t.same(readdirSync(folder).toSorted(), ['code-of-practice.md', 'lamplight-key.age', 'lamplight-recipient.txt', 'lamplight-recovery-sheet.txt', 'lamplight-test-code.age', 'paper-codes.html', 'staff.csv']);
  for (const file of files) t.same(await desk.read(file), { ok: true, value: file });
  for (const name of names) t.same(await desk.readNamed(name), { ok: true, value: name });
  await Promise.all(['a', 'b', 'c'].map((text) => desk.write('recipient', text)));
  t.same(await desk.read('recipient'), { ok: true, value: 'c' }, 'in the order in which they were asked for');

  rmSync(path.join(folder, 'staff.csv'));
  t.match(await desk.readNamed('staff.csv'), { ok: false, code: 'FILE_MISSING', sentence: 'There is no file {name} on the stick.', values: { name: 'staff.csv' } });
  for (const words of Object.values(SMALL_FILE_FAULTS)) t.ok(Object.values(words).every((text: string) => text.endsWith('.')));
});
