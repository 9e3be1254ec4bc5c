/** The adapter to udisks2, asked over a real D-Bus daemon; the service behind it is a fake. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { Stick } from '../../../pipeline/collect/stick.js';
import { udisksStick } from '../../../pipeline/collect/udisks.js';
import { fakeUdisks } from '../../fakes/udisks.js';

const SCHOOL = { name: 'Kingston', parts: { sdb: { type: '', hasFileSystem: false }, sdb1: { type: 'exfat', label: 'SCHOOL' } } };

t.test('a USB stick, by udisks', async (t) => {
  const folder = t.testdir();
  const udisks = await fakeUdisks(folder);
  const stick = new Stick(udisksStick(udisks.address));
  t.teardown(() => udisks.close());
  t.teardown(() => stick.close());
  t.same(await stick.state(), { kind: 'none' });

  await t.test('is seen by its label, mounted so that nothing on it runs, and without power before it is pulled', async (t) => {
    udisks.drives = [{ name: 'Disk', bus: 'ata', parts: { sda1: { type: 'ext4', system: true } } }, SCHOOL];
    t.same(await stick.state(), { kind: 'seen', label: 'SCHOOL' });
    t.same(udisks.calls, [], 'looking mounts nothing');
    await stick.during((mounted) => Promise.resolve(writeFileSync(path.join(mounted, 'x'), '')));
    await stick.open();
    t.match(await stick.state(), { kind: 'ready', label: 'SCHOOL', fileSystem: 'exfat', freeBytes: Number });
    await stick.remove();
    t.same(await stick.state(), { kind: 'safe-to-pull', label: 'SCHOOL' });
    t.same(udisks.calls, ['Mount sdb1 nosuid,nodev,noexec', 'Unmount sdb1', 'Mount sdb1 nosuid,nodev,noexec', 'Unmount sdb1', 'PowerOff Kingston']);
    udisks.drives = [SCHOOL];
    t.same(await stick.state(), { kind: 'seen', label: 'SCHOOL' }, 'plugged in again');
  });

  await t.test('what cannot be used says why', async (t) => {
    const cases: [object, string][] = [
      [{ type: 'crypto_LUKS', hasFileSystem: false }, 'STICK_UNREADABLE'], [{ type: '', hasFileSystem: false }, 'STICK_UNREADABLE'], [{ type: 'apfs' }, 'STICK_UNREADABLE'], [{ type: 'vfat', readOnly: true }, 'STICK_READ_ONLY'],
    ];
    for (const [part, fault] of cases) {
      udisks.drives = [{ name: 'X', parts: { sdc1: part as { type: string } } }];
      t.same(await stick.state(), { kind: 'trouble', fault });
      await t.rejects(stick.open(), { code: fault });
    }
    udisks.drives = [SCHOOL, { name: 'Other', parts: { sdd1: { type: 'vfat' } } }];
    t.same(await stick.state(), { kind: 'trouble', fault: 'TWO_STICKS' });
    udisks.drives = [{ name: 'Reader', parts: { sde: { type: '', bytes: 0, hasFileSystem: false } } }];
    t.same(await stick.state(), { kind: 'none' }, 'a card reader without a card');
    udisks.drives = [{ name: 'Both', parts: { sdf1: { type: 'vfat', label: 'EFI', bytes: 100_000_000 }, sdf2: { type: 'exfat' } } }];
    t.same(await stick.state(), { kind: 'seen', label: 'Both Flash' }, 'the larger one; without a label it is called what it is');
  });

  await t.test('what udisks refuses', async (t) => {
    udisks.drives = [SCHOOL];
    for (const [error, code] of [['NotAuthorized', 'STICK_NOT_ALLOWED'], ['OptionNotPermitted', 'STICK_NOT_ALLOWED'], ['Failed', 'STICK_UNREADABLE'], ['Whatever', 'STICK_UNREADABLE']] as const) {
      udisks.fails.set('Mount', `org.freedesktop.UDisks2.Error.${error}`);
      await t.rejects(stick.open(), { code }, error);
    }
    udisks.fails.clear();
    await stick.open();
    udisks.fails.set('Unmount', 'org.freedesktop.UDisks2.Error.DeviceBusy');
    await t.rejects(stick.remove(), { code: 'STICK_IN_USE' });
    udisks.fails.clear();
    await stick.remove();
    udisks.drives = [SCHOOL];
    await stick.open();
    udisks.drives = [];
    await t.rejects(stick.remove(), { code: 'STICK_MISSING' }, 'pulled out too early');
    t.same(await stick.state(), { kind: 'none' });
  });

  await t.test('without the service, without the bus', async (t) => {
    await udisks.stopService();
    t.same(await stick.state(), { kind: 'trouble', fault: 'STICK_SERVICE' });
    const nowhere = new Stick(udisksStick('unix:path=/nonexistent/bus'));
    t.same(await nowhere.state(), { kind: 'trouble', fault: 'STICK_SERVICE' });
    await nowhere.close();
  });
});
