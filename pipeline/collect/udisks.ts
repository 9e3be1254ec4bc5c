/**
 * USB sticks by UDisks2 over the system's D-Bus (udisks(8)): the one file that
 * meets it. It is asked anew each time, so that nothing needs to be kept in
 * step with it, and a restart of it goes unnoticed.
 */
import dbus, { type MessageBus, type Variant } from 'dbus-next';
import { StickError, type StickFaultCode } from './faults.js';
import type { Seen, StickPort } from './stick.js';

const SYSTEM_BUS = 'unix:path=/run/dbus/system_bus_socket';
const NAME = 'org.freedesktop.UDisks2';
const [BLOCK, FILESYSTEM, DRIVE] = [`${NAME}.Block`, `${NAME}.Filesystem`, `${NAME}.Drive`];
/** Nothing on a stick is ever a program or a device here. */
const OPTIONS = 'nosuid,nodev,noexec';
const ANSWER_MS = 20_000;
/** Unmounting writes what a slow stick still has to write. */
const UNMOUNT_MS = 120_000;

/** What the kernel of Debian brings a driver for; fuse is left out, since it cannot be read past the cache. */
const USABLE: ReadonlySet<string> = new Set(['vfat', 'exfat', 'ntfs', 'ntfs3', 'ext2', 'ext3', 'ext4']);

const FAULTS: Readonly<Record<string, StickFaultCode>> = {
  'NotAuthorized': 'STICK_NOT_ALLOWED', 'NotAuthorizedCanObtain': 'STICK_NOT_ALLOWED', 'NotAuthorizedDismissed': 'STICK_NOT_ALLOWED', 'OptionNotPermitted': 'STICK_NOT_ALLOWED',
  'DeviceBusy': 'STICK_IN_USE', 'AlreadyUnmounting': 'STICK_IN_USE', 'Timedout': 'STICK_IN_USE', 'NotSupported': 'STICK_UNREADABLE', 'Failed': 'STICK_UNREADABLE',
};

type Properties = Readonly<Record<string, Variant>>;
type Objects = Readonly<Record<string, Readonly<Record<string, Properties>>>>;

/** A file system on a stick, as D-Bus names it. */
interface Found extends Seen {
  readonly block: string;
  readonly drive: string;
  readonly isMounted: boolean;
  readonly bytes: bigint;
}

/** @param address of a D-Bus daemon; the system's own where none is given */
export function udisksStick(address = SYSTEM_BUS): StickPort {
  let bus: MessageBus | undefined;

  function connected(): MessageBus {
    if (bus !== undefined) return bus;
    const fresh = dbus.sessionBus({ busAddress: address });
    // It is not there, or went: the next question asks anew.
    fresh.on('error', () => { if (bus === fresh) bus = undefined; });
    bus = fresh;
    return fresh;
  }

  function hangUp(): void {
    bus?.disconnect();
    bus = undefined;
  }

  async function call(path: string, iface: string, member: string, options?: Readonly<Record<string, Variant>>): Promise<unknown> {
    const message = new dbus.Message({ destination: NAME, path, interface: iface, member, ...(options && { signature: 'a{sv}', body: [options] }) });
    const here = connected();
    let give: (error: unknown) => void = () => undefined;
    const gone = new Promise<never>((_, reject) => { give = reject; });
    const late = setTimeout(() => give(new StickError('STICK_SERVICE', `${member} was not answered`)), member === 'Unmount' ? UNMOUNT_MS : ANSWER_MS);
    here.once('error', give);
    try {
      return (await Promise.race([here.call(message), gone]))?.body[0];
    } catch (error) {
      const fault = error instanceof StickError ? error : new StickError(faultOf(error), `${member}: ${String(error)}`);
      if (fault.code === 'STICK_SERVICE') hangUp();
      throw fault;
    } finally {
      clearTimeout(late);
      here.off('error', give);
    }
  }

  async function find(): Promise<readonly Found[]> {
    return sticksIn(await call('/org/freedesktop/UDisks2', 'org.freedesktop.DBus.ObjectManager', 'GetManagedObjects') as Objects);
  }

  async function same({ id }: Seen): Promise<Found> {
    const found = (await find()).find((one) => one.id === id);
    if (found === undefined) throw new StickError('STICK_MISSING', id);
    return found;
  }

  const quietly = { 'auth.no_user_interaction': new dbus.Variant('b', true) };
  return {
    async look() {
      const found = await find();
      const [first, ...others] = found;
      if (first === undefined) return undefined;
      return others.some(({ drive }) => drive !== first.drive) ? { ...seen(first), fault: 'TWO_STICKS' } : seen(first);
    },
    async mount(stick) {
      const { block, isMounted } = await same(stick);
      // By somebody else, with options of their own.
      if (isMounted) await call(block, FILESYSTEM, 'Unmount', quietly);
      return await call(block, FILESYSTEM, 'Mount', { ...quietly, options: new dbus.Variant('s', OPTIONS) }) as string;
    },
    async unmount(stick) {
      const { block, isMounted } = await same(stick);
      if (isMounted) await call(block, FILESYSTEM, 'Unmount', quietly);
    },
    async powerOff(stick) {
      await call((await same(stick)).drive, DRIVE, 'PowerOff', quietly);
    },
    close: hangUp,
  };
}

const seen = ({ id, label, fileSystem, fault }: Found): Seen => ({ id, label, fileSystem, ...(fault === undefined ? {} : { fault }) });

/** Of each USB drive the largest file system, or what is the matter with it; the drive itself for one that has none. */
function sticksIn(objects: Objects): Found[] {
  const found = new Map<string, Found>();
  for (const [block, interfaces] of Object.entries(objects)) {
    const of = interfaces[BLOCK];
    if (of === undefined || of['HintIgnore']?.value === true || of['HintSystem']?.value === true || String(of['Size']?.value ?? 0) === '0') continue; // a card reader without a card has no size
    const drive = String(of['Drive']?.value ?? '/');
    const stick = objects[drive]?.[DRIVE];
    if (stick?.['ConnectionBus']?.value !== 'usb' || stick['Removable']?.value !== true) continue;
    const one = foundOf(block, drive, interfaces, of, stick);
    const other = found.get(drive);
    if (other === undefined || rank(one) > rank(other)) found.set(drive, one);
  }
  return [...found.values()];
}

function foundOf(block: string, drive: string, interfaces: Readonly<Record<string, Properties>>, of: Properties, stick: Properties): Found {
  const fileSystem = String(of['IdType']?.value ?? '');
  const mounts = interfaces[FILESYSTEM]?.['MountPoints']?.value as readonly unknown[] | undefined;
  const fault = mounts === undefined || !USABLE.has(fileSystem) ? 'STICK_UNREADABLE' : of['ReadOnly']?.value === true ? 'STICK_READ_ONLY' : undefined;
  const label = [of['IdLabel']?.value, stick['Model']?.value].map((text) => String(text ?? '').trim()).find((text) => text !== '') ?? 'USB';
  return {
    id: `${block} ${String(of['IdUUID']?.value ?? '')} ${String(stick['TimeDetected']?.value ?? '')}`, label, fileSystem, block, drive,
    isMounted: mounts !== undefined && mounts.length > 0, bytes: BigInt(String(of['Size']?.value ?? 0)), ...(fault === undefined ? {} : { fault }),
  };
}

/** The small partition that some sticks begin with is not what their owner means. */
const rank = ({ fault, bytes }: Found): bigint => (fault === undefined ? 2n ** 64n : fault === 'STICK_READ_ONLY' ? 2n ** 63n : 0n) + bytes;

function faultOf(error: unknown): StickFaultCode {
  const type = (error as { type?: string }).type ?? '';
  if (type.startsWith(`${NAME}.Error.`)) return FAULTS[type.slice(`${NAME}.Error.`.length)] ?? 'STICK_UNREADABLE';
  return type === 'org.freedesktop.DBus.Error.UnknownObject' || type === 'org.freedesktop.DBus.Error.UnknownMethod' ? 'STICK_MISSING' : 'STICK_SERVICE';
}
