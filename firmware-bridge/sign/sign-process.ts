/**
 * The sign bridge: a process for one opening of the port and one boot of the
 * board, because Johnny-Five neither reconnects nor forgets a dead board. When
 * either is over it says why and exits; the service starts the next one.
 *
 * The only file that meets Johnny-Five. Its view of a pin is never evidence.
 */
import five from 'johnny-five';
import firmata from 'firmata-io';
import { openPort } from '../serial/link.js';
import { systemTimers } from '../serial/timers.js';
import { Dialogue, type World } from './dialogue.js';
import { encode } from './protocol.js';
import type { Down, EndReason, Start, Up } from './sign-messages.js';
import { SIGN_FEATURE } from './sysex.js';

/** hardware/sign/PROTOCOL.md: the service LED inside the enclosure, the host's to use. */
const SERVICE_LED_PIN = 4;
/** PROTOCOL.md, Firmata subset. */
const FIRMWARE_NAME = 'LamplightSign';
/** Firmata waits this long for the board to speak first (a pseudo-terminal and a running board never do), then asks once. */
const ASK_AFTER_MS = 20;
/** A board that is still in its boot loader hears the next one. */
const ASK_EVERY_MS = 500;
const READY_WITHIN_MS = 5000;
const TICK_MS = 50;
const ALIVE_EVERY_MS = 500;
const CLOSE_WITHIN_MS = 200;

const { now } = systemTimers;
const tell = (up: Up): void => void process.send?.(up);

type Port = Awaited<ReturnType<typeof openPort>>;
let port: Port | undefined;
let dialogue: Dialogue | undefined;

let over = false;

/** A port that is closed can be opened by the next process at once; one that does not close is left to the kernel. */
function leave(): void {
  over = true;
  setTimeout(() => process.exit(), CLOSE_WITHIN_MS);
  if (port?.isOpen === true) port.close(() => process.exit());
  else process.exit();
}

function end(reason: EndReason, evidence: string): void {
  if (over) return;
  over = true;
  dialogue = undefined;
  process.send?.({ tell: 'ended', reason, evidence } satisfies Up, leave);
}

/** Lets Firmata and Johnny-Five put their questions, then starts the dialogue. */
function connect(opened: Port, start: Start): void {
  const io = new firmata.Firmata(opened, { reportVersionTimeout: ASK_AFTER_MS });
  // Before anything else: an 'error' without a listener would end the process without a word.
  io.on('error', (error: Error) => end('port', error.message));
  io.on('close', () => end('port', `${start.path} was unplugged`));
  const board = new five.Board({ io, repl: false, debug: false, sigint: false, timeout: READY_WITHIN_MS } as five.BoardOption);
  board.on('error', (error) => end('silent', `no Firmata board answers at ${start.path}: ${error.message ?? 'no version within 5 s'}`));
  // The port was open before Firmata saw it, so nobody else tells Johnny-Five.
  io.emit('connect');

  const ask = setInterval(() => {
    io.reportVersion(() => undefined);
    io.queryFirmware(() => undefined);
  }, ASK_EVERY_MS);
  board.on('ready', () => {
    clearInterval(ask);
    if (io.firmware.name !== FIRMWARE_NAME) return end('wrong-board', `the board at ${start.path} says that it is “${io.firmware.name ?? ''}”`);
    new five.Led({ pin: SERVICE_LED_PIN, board }).on();
    const world: World = { now, tell, end, send: (message) => void io.sysexCommand(encode(message, start.key)) };
    const talk = (dialogue = new Dialogue(world, start));
    io.sysexResponse(SIGN_FEATURE, (data) => talk.hear(Uint8Array.from([SIGN_FEATURE, ...data])));
    setInterval(() => dialogue?.tick(), TICK_MS);
  });
}

process.on('message', (down: Down) => {
  switch (down.ask) {
    case 'start':
      openPort(down.start.path, down.start.baudRate).then(
        (opened) => connect((port = opened), down.start),
        (error: unknown) => end('port', (error as Error).message),
      );
      return;
    case 'face': return dialogue?.takeFace(down.face, down.as);
    case 'beat': return dialogue?.follow(down.order);
    case 'close': return leave();
  }
});
// Without the service there is nobody who may say "beat": the board will tell, 2 s from now.
process.on('disconnect', () => process.exit());
process.on('SIGINT', () => undefined); // the service decides, not the terminal
setInterval(() => tell({ tell: 'alive' }), ALIVE_EVERY_MS);
