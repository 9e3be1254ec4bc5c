/** The virtual camera: VISCA on a pseudo-terminal, its mechanics, and its picture for GStreamer. */
import { Cables } from '../cables.js';
import { CaptureDevice } from '../capture-device.js';
import { monotonic, type Device } from '../program.js';
import { SerialLine } from '../serial-line.js';
import { beatSteadily } from '../steady-beat.js';
import { bodyAtRest, inDegrees, isMoving, magnification, powerAt, viewAt } from './body.js';
import type { CameraCommand, CameraContract, CameraEvent, CameraOptions, CameraPower, CameraSnapshot } from './contract.js';
import { Intake } from './intake.js';
import { MODELS, type Model } from './models.js';
import { Picture } from './picture/picture.js';
import type { Gaze } from './picture/view.js';
import type { Habits } from './visca/commands.js';
import { Dialogue } from './visca/dialogue.js';
import { hex, isInquiry, MessageSplitter } from './visca/messages.js';

/** Frames that may lie unread in shared memory. */
const UNREAD_FRAMES = 12;

export async function openCamera(options: CameraOptions, tell: (event: CameraEvent) => void): Promise<Omit<Device<CameraContract>, 'tell'>> {
  const { width, height, framesPerSecond, answerMs = 17 } = options;
  const model: Model = MODELS[options.model ?? 'srg-300h'];
  const mains = options.power ?? 'on';
  const picture = new Picture(width, height);
  const dialogue = new Dialogue(bodyAtRest(model, mains), habitsOf(options));
  const splitter = new MessageSplitter();
  let frames = 0;
  let power: CameraPower = powerAt(dialogue.body, monotonic());
  let moving = false;

  /** Says what changed, answers what is done, and comes back when the next thing is. */
  let alarm: NodeJS.Timeout | undefined;
  const attend = (answers: readonly Uint8Array[] = [], afterMs = answerMs): void => {
    const now = monotonic();
    for (const answer of [...answers, ...dialogue.due(now)]) line.say(answer, afterMs);
    const [powerNow, movingNow] = [powerAt(dialogue.body, now), isMoving(dialogue.body, now)];
    if (powerNow !== power) tell({ what: 'power', at: now, power: (power = powerNow) });
    if (movingNow !== moving) tell({ what: (moving = movingNow) ? 'moving' : 'settled', at: now });
    clearTimeout(alarm);
    const next = Math.min(dialogue.nextAt, moving || power === 'waking' ? now + 20 : Infinity);
    if (next !== Infinity) alarm = setTimeout(attend, Math.max(1, Math.ceil(next - now)));
  };

  const intake = new Intake(answerMs, (message) => attend(dialogue.hear(message, monotonic())));
  const line = await SerialLine.open(options.ptyPath, options.baudRate ?? 9600, (bytes) => {
    for (const message of splitter.push(bytes)) {
      tell({ what: 'heard', at: monotonic(), bytes: hex(message) });
      intake.push(message, !isInquiry(message));
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
    return { pan: inDegrees(model, pan), tilt: inDegrees(model, tilt), times: magnification(zoom) };
  };

  const closeShutter = beatSteadily(1000 / framesPerSecond, () => {
    if (cables.relay === 'open' || device.readers === 0) return;
    const now = monotonic();
    device.offer(powerAt(dialogue.body, now) === 'on' ? picture.frame(gazeAt(now), now, new Date()) : picture.black);
    frames += 1;
  });

  const command = async (order: CameraCommand): Promise<void> => {
    const now = monotonic();
    switch (order.do) {
      case 'reset':
        line.cut();
        intake.clear();
        tell({ what: 'reset', at: now });
        return attend(dialogue.restart(mains, now), 0);
      case 'network-change':
        return attend([dialogue.loseAddress(order.from ?? 'camera')], 0);
      case 'buffer-full':
        return dialogue.fill(order.times);
      case 'slow-ack':
        return intake.slowDown(order.ms);
      case 'handset':
        return attend(dialogue.press(order.key, now));
      case 'stall':
      case 'unstall':
        dialogue.hold(order.do === 'stall' ? 'blocked' : 'free', now);
        return attend();
      default:
        return cables.do(order);
    }
  };

  return {
    command,
    snapshot(): Promise<CameraSnapshot> {
      const now = monotonic();
      const { pan, tilt, times } = gazeAt(now);
      const { motor, settings: { tally, irLocked, focus } } = dialogue.body;
      return Promise.resolve({
        power: powerAt(dialogue.body, now), pan, tilt, zoom: times, moving: isMoving(dialogue.body, now), motor, tally, irLocked, focus,
        relay: cables.relay, readers: device.readers, frames, plugged: line.plugged, lineFault: line.fault,
      });
    },
    async close() {
      clearTimeout(alarm);
      intake.clear();
      closeShutter();
      line.close();
      await device.close();
    },
  };
}

function habitsOf({ wakeMs = 2000, blindInStandby = false, staleInStandby = false, tellsPosition = true, acknowledges = true }: CameraOptions): Habits {
  return { wakeMs, inStandby: blindInStandby ? 'refuses' : staleInStandby ? 'stale' : 'tells', tellsPosition, acknowledges };
}
