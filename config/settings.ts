/** The settings file: what hangs on which line, and where things lie. A school's technician edits it; a mix of real and virtual parts is refused. */
import { readFile, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';

const strict = { additionalProperties: false };
const Path = Type.String({ minLength: 1, maxLength: 200, pattern: '^[\\w./:=,@+-]+$' });
const Baud = Type.Integer({ minimum: 2400, maximum: 250_000 });
const Pixels = { width: Type.Integer({ minimum: 160, maximum: 3840 }), height: Type.Integer({ minimum: 90, maximum: 2160 }), fps: Type.Integer({ minimum: 5, maximum: 60 }) };
/** `channels` the device has; `take` chooses some, counted from 1; `give` is how many are recorded. */
const Channels = {
  channels: Type.Integer({ minimum: 1, maximum: 64 }),
  take: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 64 }), { minItems: 1, maxItems: 64 })),
  give: Type.Optional(Type.Union([Type.Literal(1), Type.Literal(2)])),
};
const Fraction = Type.Number({ minimum: 0, maximum: 1 });
const Element = Type.String({ pattern: '^[a-z0-9_]{1,40}$' });
const Angle = Type.Integer({ minimum: -0x8000, maximum: 0x7fff });
const Language = Type.Union([Type.Literal('en'), Type.Literal('cy'), Type.Literal('pl'), Type.Literal('ur')]);
/** Of this machine itself, since the page answers to no other name; never "every address". */
const Ipv4 = Type.String({ pattern: '^(?!0\\.)((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}$' });
const LanPort = Type.Integer({ minimum: 1024, maximum: 65_535 });
/** Its address is on paper, so it stays the same; free of others' use by IANA's list. */
export const DOOR_PORT = 8710;
const Position = Type.Object({ pan: Angle, tilt: Angle }, strict);

/** A name as it stands in Tesira software. */
const Tag = Type.String({ minLength: 1, maxLength: 32, pattern: '^[^"/&]+$' });
const Microphone = Type.Union([
  Type.Object({
    kind: Type.Optional(Type.Literal('tesira')), path: Path, baudRate: Baud, tag: Tag, channel: Type.Optional(Type.Integer({ minimum: 1, maximum: 64 })),
    /** The only one that is obeyed as this room's; any, where it is not given. */
    serialNumber: Type.Optional(Type.String({ pattern: '^[0-9]{1,20}$' })),
    /** A Logic State block that lights the array's LED, and a meter block. */
    led: Type.Optional(Tag), meter: Type.Optional(Tag),
  }, strict),
  /** `input` as the device names it: `line_in_1`, or `master` for all. */
  Type.Object({ kind: Type.Literal('vaddio'), path: Path, baudRate: Type.Optional(Baud), input: Type.String({ pattern: '^[a-z0-9_]{1,40}$' }), identity: Type.Optional(Type.String({ maxLength: 60 })) }, strict),
]);

const Settings = Type.Object({
  /** Shown on the kiosk and bound into each recording. */
  room: Type.String({ minLength: 1, maxLength: 60 }),
  /** Sessions, state and keys; a relative path counts from the settings file. */
  dataFolder: Path,
  kiosk: Type.Object({
    port: Type.Integer({ minimum: 1, maximum: 65_535 }),
    /** The user that the kiosk's browser runs as; without it, the service's own. */
    uid: Type.Optional(Type.Integer({ minimum: 0 })),
    /** Of the screen: how large a touch target must be follows from it. */
    diagonalInches: Type.Optional(Type.Number({ minimum: 4, maximum: 100 })),
    /** The systemd unit that is started again where the kiosk's page has stopped, `lamplight-kiosk`; without it, none is. */
    unit: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9][\\w@.-]{0,79}$' })),
  }, strict),
  /** One serial line each. Use /dev/serial/by-id/… names: they survive replugging. */
  camera: Type.Object({
    path: Path, baudRate: Baud,
    /** 1 unless several cameras share the line. */
    address: Type.Optional(Type.Integer({ minimum: 1, maximum: 7 })),
    /** How to speak to it, where it does not tell its model or tells another's (firmware-bridge/visca/models.ts). */
    model: Type.Optional(Type.String({ maxLength: 40 })),
    /** Where it sees a wall only, and the teacher's usual view; in the camera's own units. */
    parking: Position,
    view: Type.Union([
      Type.Object({ kind: Type.Literal('preset'), preset: Type.Integer({ minimum: 0, maximum: 254 }) }, strict),
      Type.Object({ kind: Type.Literal('position'), pan: Angle, tilt: Angle, zoom: Type.Optional(Type.Integer({ minimum: 0, maximum: 0x7ac0 })) }, strict),
    ]),
  }, strict),
  microphone: Microphone,
  /** Every one must be confirmed, or nothing records. Their relays are wired in series. */
  signs: Type.Array(Type.Object({ path: Path, baudRate: Baud }, strict), { minItems: 1, maxItems: 4 }),
  /** What their faces say besides the state. The boards' firmware is built for the same languages (hardware/sign/README.md). */
  faces: Type.Optional(Type.Object({
    /** One, or two in their order on the glass; English where nothing is said. */
    languages: Type.Union([Type.Tuple([Language]), Type.Tuple([Language, Language])]),
    /** Of the school's page for pupils and visitors; shown as a QR code. */
    address: Type.Optional(Type.String({ maxLength: 200, pattern: '^https?://\\S+$' })),
  }, strict)),
  sources: Type.Object({
    /** `v4l2` is the real one, named as `npm run devices` lists it; all others are for tests and the virtual classroom. */
    video: Type.Union([
      Type.Object({ kind: Type.Literal('v4l2'), device: Path, pixels: Type.Enum(['raw', 'mjpeg', 'h264']), ...Pixels }, strict),
      Type.Object({ kind: Type.Literal('shm'), socket: Path, ...Pixels }, strict),
      Type.Object({ kind: Type.Literal('pipewire'), node: Path, ...Pixels }, strict),
      Type.Object({ kind: Type.Literal('file'), path: Path, ...Pixels }, strict),
      Type.Object({ kind: Type.Literal('test'), pattern: Type.Enum(['ball', 'smpte', 'snow', 'white']), ...Pixels }, strict),
    ]),
    /** `alsa` is the real one: the hardware itself, never a name that leads to a daemon. */
    sound: Type.Union([
      Type.Object({ kind: Type.Literal('alsa'), device: Type.String({ maxLength: 200, pattern: '^(plug)?hw:[\\w=,-]+$' }), ...Channels }, strict),
      Type.Object({ kind: Type.Literal('shm'), socket: Path, ...Channels }, strict),
      Type.Object({ kind: Type.Literal('pulse'), device: Path, ...Channels }, strict),
      Type.Object({ kind: Type.Literal('file'), path: Path, ...Channels }, strict),
      Type.Object({ kind: Type.Literal('test'), wave: Type.Enum(['sine', 'ticks', 'silence']), ...Channels }, strict),
    ]),
    /** Parts of the picture that are never recorded (a door, a screen), in fractions of its width and height. */
    covers: Type.Optional(Type.Array(Type.Object({ left: Fraction, top: Fraction, width: Fraction, height: Fraction }, strict), { maxItems: 8 })),
    /** GStreamer's names of encoders that must be used; without it, the best that works. */
    encoders: Type.Optional(Type.Object({ picture: Type.Optional(Element), sound: Type.Optional(Element) }, strict)),
  }, strict),
  /** `usb`: sticks that are plugged in, by udisks2. Else a folder that stands for one. */
  stick: Path,
  /** Allows the one-use page on which teachers give their key's recipient from their own phone or computer (kiosk/lan). Off where it is not given. */
  lan: Type.Optional(Type.Object({
    address: Ipv4, port: Type.Optional(LanPort),
    /** Besides that, the page that tells pupils, families and visitors whether this room is recorded now. Off where it is not true. */
    doorPage: Type.Optional(Type.Boolean()),
    /** Of that page; DOOR_PORT where it is not given. */
    doorPort: Type.Optional(LanPort),
    /** Besides that, the download of one's own sealed recordings. Off where it is not true. */
    download: Type.Optional(Type.Boolean()),
    /** Of the download; a free one each time where it is not given. */
    downloadPort: Type.Optional(LanPort),
  }, strict)),
}, strict);
export type Settings = Static<typeof Settings>;

const schema = Compile(Settings);

/** The settings cannot be used. The sentence names the field. */
export class SettingsRefused extends Error {
  readonly code = 'SETTINGS_REFUSED';
}

/** @returns the settings with paths made absolute. @throws SettingsRefused, naming what is wrong and where. */
export async function readSettings(file: string): Promise<Settings> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => { throw new SettingsRefused(`the settings file cannot be read (${(error as Error).message}); without settings this recorder is out of order`); });
  const settings = parseSettings(text);
  const folder = dirname(resolve(file));
  const absolute = { ...settings, dataFolder: resolve(folder, settings.dataFolder), stick: settings.stick === 'usb' ? 'usb' : resolve(folder, settings.stick) };
  await refuseMix(absolute);
  return absolute;
}

/** @throws SettingsRefused */
export function parseSettings(text: string): Settings {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SettingsRefused(`the settings file is not JSON: ${(error as Error).message}`);
  }
  if (schema.Check(value)) {
    refuseOnePortForTwo(value);
    return value;
  }
  const [first] = schema.Errors(value);
  throw new SettingsRefused(`the settings file has a mistake at ${first?.instancePath === '' || first === undefined ? 'its top' : first.instancePath}: ${first?.message ?? 'unknown'}`);
}

/** All of them listen on one address, and the kiosk on loopback beside them. @throws SettingsRefused */
function refuseOnePortForTwo({ lan, kiosk }: Settings): void {
  if (lan === undefined) return;
  const { port, address, doorPage, doorPort = DOOR_PORT, download, downloadPort } = lan;
  const all = [
    { field: 'kiosk.port', page: 'the kiosk', port: address.startsWith('127.') ? kiosk.port : undefined }, { field: 'lan.port', page: 'the one-use page', port },
    { field: 'lan.doorPort', page: 'the LAN page', port: doorPage === true ? doorPort : undefined }, { field: 'lan.downloadPort', page: 'the download', port: download === true ? downloadPort : undefined },
  ];
  for (const [i, one] of all.entries()) {
    const other = all.slice(0, i).find((before) => one.port !== undefined && before.port === one.port);
    if (other !== undefined) throw new SettingsRefused(`${other.field} and ${one.field} are the same: ${other.page} and ${one.page} need a port each`);
  }
}

/**
 * P5.1: either all parts are real or all are virtual. A sign that is only
 * emulated must never vouch for a real camera. A pseudo-terminal is what gives
 * a virtual serial line away, whatever it is called.
 * @throws SettingsRefused
 */
async function refuseMix({ camera, microphone, signs, sources }: Settings): Promise<void> {
  const line = async (name: string, path: string): Promise<[string, boolean]> => [name, (await realpath(path).catch(() => path)).startsWith('/dev/pts/')];
  const parts: [string, boolean][] = [
    ...await Promise.all([line('camera', camera.path), line('microphone', microphone.path), ...signs.map(({ path }) => line('signs', path))]),
    // Whatever is not the device itself counts as virtual: also daemons, which keep real devices open after us.
    ['sources.video', sources.video.kind !== 'v4l2'], ['sources.sound', sources.sound.kind !== 'alsa'],
  ];
  const names = (virtual: boolean): string => parts.filter(([, is]) => is === virtual).map(([name]) => name).join(', ');
  if (names(true) !== '' && names(false) !== '') throw new SettingsRefused(`real parts (${names(false)}) cannot be mixed with virtual ones (${names(true)}): a virtual sign must never vouch for a real camera`);
}
