/** The virtual camera: VISCA on a pseudo-terminal, its mechanics, and its picture for GStreamer. */
import { Cables } from '../cables.js';
import { CaptureDevice } from '../capture-device.js';
import { monotonic, type Device } from '../program.js';
import { SerialLine } from '../serial-line.js';
import { beatSteadily } from '../steady-beat.js';
import { bodyAtRest, inDegrees, isMoving, magnification, powerAt, viewAt } from './body.js';
import type { CameraContract, CameraEvent, CameraOptions, CameraPower, CameraSnapshot } from './contract.js';
import { Picture } from './picture/picture.js';
import type { Gaze } from './picture/view.js';
import { Dialogue } from './visca/dialogue.js';
import { hex, MessageSplitter } from './visca/messages.js';

/** Frames that may lie unread in shared memory. */
const UNREAD_FRAMES = 12;

export async function openCamera(options: CameraOptions, tell: (event: CameraEvent) => void): Promise<Omit<Device<CameraContract>, 'tell'>> {
  const { width, height, framesPerSecond, answerMs = 17 } = options;
  const picture = new Picture(width, height);
  const dialogue = new Dialogue(bodyAtRest(options.power ?? 'on'), { wakeMs: options.wakeMs ?? 2000, blindInStandby: options.blindInStandby ?? false });
  const splitter = new MessageSplitter();
  let frames = 0;
  let power: CameraPower = powerAt(dialogue.body, monotonic());
  let moving = false;

  /** Says what changed, answers what is done, and comes back when the next thing is. */
  let alarm: NodeJS.Timeout | undefined;
  const attend = (answers: readonly Uint8Array[] = []): void => {
    const now = monotonic();
    for (const answer of [...answers, ...dialogue.due(now)]) line.say(answer, answerMs);
    const [powerNow, movingNow] = [powerAt(dialogue.body, now), isMoving(dialogue.body, now)];
    if (powerNow !== power) tell({ what: 'power', at: now, power: (power = powerNow) });
    if (movingNow !== moving) tell({ what: (moving = movingNow) ? 'moving' : 'settled', at: now });
    clearTimeout(alarm);
    const next = Math.min(dialogue.nextAt ?? Infinity, moving || power === 'waking' ? now + 20 : Infinity);
    if (next !== Infinity) alarm = setTimeout(attend, Math.max(1, Math.ceil(next - now)));
  };

  const line = await SerialLine.open(options.ptyPath, options.baudRate ?? 9600, (bytes) => {
    for (const message of splitter.push(bytes)) {
      const now = monotonic();
      tell({ what: 'heard', at: now, bytes: hex(message) });
      attend(dialogue.hear(message, now));
    }
  });

  const cables = new Cables(line, tell);

  const device = await CaptureDevice.open({
    socketPath: options.socketPath,
    blockBytes: picture.black.length,
    blocks: UNREAD_FRAMES,
    onReader: (change, readers) => tell({ what: `device-${change}`, at: monotonic(), readers }),
  });

  const gazeAt = (now: number): Gaze => {
    const { pan, tilt, zoom } = viewAt(dialogue.body, now);
    return { pan: inDegrees(pan), tilt: inDegrees(tilt), times: magnification(zoom) };
  };

  const closeShutter = beatSteadily(1000 / framesPerSecond, () => {
    if (cables.relay === 'open' || device.readers === 0) return;
    const now = monotonic();
    device.offer(powerAt(dialogue.body, now) === 'on' ? picture.frame(gazeAt(now), now, new Date()) : picture.black);
    frames += 1;
  });

  return {
    command: (command) => cables.do(command),
    snapshot(): Promise<CameraSnapshot> {
      const now = monotonic();
      const { pan, tilt, times } = gazeAt(now);
      return Promise.resolve({
        power: powerAt(dialogue.body, now), pan, tilt, zoom: times, moving: isMoving(dialogue.body, now),
        relay: cables.relay, readers: device.readers, frames, plugged: line.plugged, lineFault: line.fault,
      });
    },
    async close() {
      clearTimeout(alarm);
      closeShutter();
      line.close();
      await device.close();
    },
  };
}
