/**
 * org.freedesktop.UDisks2 on a D-Bus daemon of its own: objects as that service
 * names them, by hand. Mounting binds a folder; options and calls are noted.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import dbus, { type Message, type MessageBus } from 'dbus-next';

const NAME = 'org.freedesktop.UDisks2';
const ROOT = '/org/freedesktop/UDisks2';
const [s, b, t, o] = (['s', 'b', 't', 'o'] as const).map((type) => (value: unknown) => new dbus.Variant(type, value)) as [V, V, V, V];
type V = (value: unknown) => dbus.Variant;

export interface FakeDrive {
  readonly name: string;
  readonly bus?: 'usb' | 'ata';
  /** Partitions, by device name. */
  readonly parts: Readonly<Record<string, { readonly type: string; readonly label?: string; readonly bytes?: number; readonly readOnly?: boolean; readonly system?: boolean; readonly hasFileSystem?: boolean }>>;
}

export interface FakeUdisks {
  readonly address: string;
  readonly calls: string[];
  drives: FakeDrive[];
  /** The next calls of this method answer so. */
  readonly fails: Map<string, string>;
  stopService(): Promise<unknown>;
  close(): Promise<void>;
}

export async function fakeUdisks(mountPoint: string): Promise<FakeUdisks> {
  const daemon = spawn('setpriv', ['--pdeathsig', 'KILL', 'dbus-daemon', '--session', '--nofork', '--print-address'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await once(daemon.stdout, 'data') as [Buffer];
  const address = line.toString().trim().split(',')[0] ?? '';
  const bus: MessageBus = dbus.sessionBus({ busAddress: address });
  await bus.requestName(NAME, 0);
  const mounted = new Set<string>();
  const plugged = new Map<string, number>();
  let at = 1_000_000;
  const fake: FakeUdisks = {
    address, calls: [], drives: [], fails: new Map(),
    stopService: () => bus.releaseName(NAME),
    async close() {
      const gone = once(daemon, 'exit');
      bus.disconnect();
      daemon.kill('SIGKILL');
      await gone;
    },
  };

  const objects = () => Object.fromEntries<unknown>(fake.drives.flatMap(({ name, bus: kind = 'usb', parts }) => {
    const drive = `${ROOT}/drives/${name}`;
    if (!plugged.has(name)) plugged.set(name, at += 1);
    return [
      [drive, { [`${NAME}.Drive`]: { ConnectionBus: s(kind), Removable: b(kind === 'usb'), Model: s(`${name} Flash`), TimeDetected: t(BigInt(plugged.get(name) ?? 0)) } }] as const,
      ...Object.entries(parts).map(([device, { type, label = '', bytes = 16_000_000_000, readOnly = false, system = false, hasFileSystem = true }]) => [`${ROOT}/block_devices/${device}`, {
        [`${NAME}.Block`]: { IdType: s(type), IdLabel: s(label), IdUUID: s(`uuid-${device}`), Size: t(BigInt(bytes)), Drive: o(drive), ReadOnly: b(readOnly), HintSystem: b(system), HintIgnore: b(false) },
        ...(hasFileSystem && { [`${NAME}.Filesystem`]: { MountPoints: new dbus.Variant('aay', mounted.has(device) ? [Buffer.from(`${mountPoint}\0`)] : []) } }),
      }] as const),
    ];
  }));

  const answers: Record<string, (device: string, options: Record<string, dbus.Variant>) => [signature: string, body: unknown[]]> = {
    GetManagedObjects: () => ['a{oa{sa{sv}}}', [objects()]],
    Mount: (device, options) => {
      fake.calls.push(`Mount ${device} ${String(options['options']?.value)}`);
      mounted.add(device);
      return ['s', [mountPoint]];
    },
    Unmount: (device) => {
      fake.calls.push(`Unmount ${device}`);
      mounted.delete(device);
      return ['', []];
    },
    PowerOff: (device) => {
      fake.calls.push(`PowerOff ${device}`);
      fake.drives = fake.drives.filter(({ name }) => name !== device);
      plugged.delete(device);
      return ['', []];
    },
  };
  (bus as unknown as { addMethodHandler(handler: (message: Message) => boolean): void }).addMethodHandler((message) => {
    const { member, path } = message;
    const body = message.body as unknown[];
    const answer = answers[member];
    if (answer === undefined || !path.startsWith(ROOT)) return false;
    const error = fake.fails.get(member);
    if (error !== undefined) bus.send(dbus.Message.newError(message as never, error, 'as the test says'));
    else bus.send(dbus.Message.newMethodReturn(message, ...answer(path.split('/').at(-1) ?? '', (body[0] ?? {}) as Record<string, dbus.Variant>)));
    return true;
  });
  return fake;
}
