/**
 * The recorder: a process of its own for each framing and each part, and the
 * only file that meets gstreamer-superficial. A hang or crash of GStreamer, and
 * the references that its binding never frees, end with this process.
 */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { BusMessage, Pipeline as GstPipeline } from 'gstreamer-superficial';
import { Capture, type Pipeline, type PipelineListener } from './capture.js';
import { firstStamp, startSink } from './first-stamp.js';
import { framingMedium, type FramingMedium } from './framing.js';
import { DroppedFrames } from './dropped-frames.js';
import { framingLine, KEPT, PART_PLUGINS, RATE, RAW_FRAMES, SINK } from './launch-line.js';
import { partMedium, type PartMedium } from './media.js';
import { monotonic } from './monotonic.js';
import type { FromRecorder, ToRecorder } from './recorder-messages.js';
import { SharedDeadline } from './shared-deadline.js';
import { SOURCE_NAMES, type Track } from './sources.js';

// CommonJS with a native main: an import statement cannot load it.
const gst = createRequire(import.meta.url)('gstreamer-superficial') as { Pipeline: typeof GstPipeline };

const told = (message: FromRecorder): Promise<void> => new Promise((resolve) => {
  if (process.connected) process.send?.(message, () => resolve());
  else resolve();
});
let lastTold = Promise.resolve();
const tell = (message: FromRecorder): void => { lastTold = told(message); };

const deadline = new SharedDeadline();
const watched = new Promise((resolve) => {
  new Worker(new URL('./lease-worker.js', import.meta.url), { workerData: deadline.memory }).once('message', resolve);
});

const capture = new Capture({
  now: monotonic,
  startPipeline,
  tell,
  deadline: (at) => deadline.set(at),
  // process.exit() can wait for ever on GStreamer's threads; everything is closed and told by now.
  leave: () => void lastTold.then(() => process.kill(process.pid, 'SIGKILL')),
});

function startPipeline(launchLine: string, listener: PipelineListener): Pipeline {
  const pipeline = new gst.Pipeline(launchLine);
  const sink = pipeline.findChild(SINK);
  const [rate, raw, kept] = [RATE, RAW_FRAMES, KEPT].map((name) => pipeline.findChild(name));
  const dropped = new DroppedFrames();
  pipeline.pollBus((message) => onBus(message, listener));
  pipeline.play();
  // Only after play(): an appsink at rest answers null at once.
  const pull = (): void => sink?.pull((bytes) => {
    if (bytes === null) return listener.mediaEnded();
    pull();
    listener.media(bytes);
  });
  pull();
  for (const track of SOURCE_NAMES) tellStart(pipeline, track, listener);
  return {
    stop: () => pipeline.stop(),
    // Only a part counts: the preview leaves out whatever the screen does not keep up with.
    framesDropped: () => rate && raw && kept ? dropped.at({ made: Number(rate['out']), waiting: Number(raw['current-level-buffers']), kept: Number(kept['in']) }) : 0,
  };
}

/** The packets before the first of media say what will come. */
function tellStart(pipeline: GstPipeline, track: Track, listener: PipelineListener): void {
  const sink = pipeline.findChild(startSink(track));
  const pull = (): void => sink?.pull((packet) => {
    if (packet === null) return;
    const atMs = firstStamp(packet);
    if (atMs === undefined) pull();
    else listener.began(track, atMs);
  });
  pull();
}

function onBus(message: BusMessage, listener: PipelineListener): void {
  if (message.type === 'error') listener.error(message._src_element_name, message.message ?? 'no reason given');
  else if (message.name === 'level') listener.level({ rms: decibels(message.rms), peak: decibels(message.peak) });
}

/** `< -9.03, -9.03 >` → values; silence comes as −700 or −350. */
const decibels = (text = ''): number[] => text.replace(/[<>\s]/g, '').split(',').map((value) => Math.max(-120, Number(value)));

let framing: FramingMedium | undefined;
let part: PartMedium | undefined;
let prepared: Extract<ToRecorder, { kind: 'prepare' }> | undefined;

process.on('message', (message: ToRecorder) => {
  switch (message.kind) {
    case 'prepare':
      prepared = message;
      if (message.mode === 'part') new gst.Pipeline(PART_PLUGINS);
      void watched.then(() => tell({ kind: 'ready' }));
      return;
    case 'open': {
      if (prepared === undefined) return;
      const { mode, sources } = prepared;
      try {
        if (mode === 'framing') framing = framingMedium(framingLine(sources), (jpeg) => told({ kind: 'preview', jpeg }));
        else part = message.part && partMedium(sources, message.part, tell, (fault, evidence) => capture.fail(fault, evidence), monotonic);
        const medium = framing ?? part;
        if (medium === undefined) throw new Error('a part needs its order');
        capture.open(medium, message.requestedAt);
      } catch (error) {
        capture.fail('RECORDER_FAILED', String(error));
      }
      return;
    }
    case 'confirm':
      capture.confirm(message.requestedAt);
      return tell({ kind: 'taken', requestedAt: message.requestedAt });
    case 'listen-for-clap':
      return framing?.listenForClap((clap) => tell({ kind: 'clap', clap }));
    case 'next':
      return part?.goOnIn(message.part);
    case 'stop':
      return capture.stop(message.requestedAt);
    case 'spin':
      if (prepared?.testHooks === true) for (;;);
  }
});
// The service is gone, perhaps before this line was reached: nobody confirms any more.
process.on('disconnect', () => capture.stop());
if (!process.connected) capture.stop();
process.on('SIGINT', () => undefined); // the service decides, not the terminal
