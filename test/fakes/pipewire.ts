/**
 * A camera and a microphone on PipeWire, without hardware: a bus, the daemon and
 * its session manager of their own in a folder, so that any number can run side
 * by side and none touches the machine's. They end with the test, however it ends.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceSettings } from '../../pipeline/sources.js';

const CAMERA = 'fake-camera';
const MICROPHONE = 'fake-microphone';
/** Amplitude of the tone in each of the microphone's channels. */
export const LOUDNESS = [0, 0.1, 0.2, 0.4] as const;
const PATIENCE_MS = 8000;
const SIZE = { width: 320, height: 180, fps: 30 };

export interface PipeWireRoom {
  readonly sources: SourceSettings;
  /** For every process that is to see these devices. */
  readonly env: NodeJS.ProcessEnv;
  /** Pulls the camera's plug: its node is gone. */
  unplugCamera(): void;
  /** A microphone that is pulled out is replaced by the daemon; what ends its sound is the end of the daemon that gives it. */
  killSoundServer(): void;
  /** The camera's node stays, but nothing more comes. */
  freezeCamera(): void;
  /** Puts all back that was unplugged, frozen or killed; both devices are new ones. */
  plugAll(): Promise<void>;
  close(): void;
}

/** @throws Error where the devices do not appear in time. */
export async function pipeWireRoom(): Promise<PipeWireRoom> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pw-')); // a socket's path has 107 characters at most (unix(7))
  const bus = path.join(folder, 'bus');
  const env = { ...process.env, XDG_RUNTIME_DIR: folder, XDG_STATE_HOME: folder, XDG_CONFIG_HOME: folder, DBUS_SESSION_BUS_ADDRESS: `unix:path=${bus}`, PULSE_SERVER: `unix:${folder}/pulse/native` };
  const programs: ChildProcess[] = [];
  const start = (...line: string[]): ChildProcess => {
    const program = spawn('setpriv', ['--pdeathsig', 'KILL', ...line], { env, stdio: 'ignore' });
    programs.push(program);
    return program;
  };
  const close = (): void => {
    for (const program of programs.reverse()) program.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  const pactl = (...args: string[]): string => spawnSync('pactl', args, { env, encoding: 'utf8' }).stdout ?? '';
  const nodes = (): string => spawnSync('pw-cli', ['list-objects', 'Node'], { env, encoding: 'utf8' }).stdout ?? '';
  try {
    start('dbus-daemon', '--session', `--address=unix:path=${bus}`, '--nofork', '--nopidfile');
    await until('the bus', () => existsSync(bus));
    start('pipewire');
    await until('PipeWire', () => existsSync(path.join(folder, 'pipewire-0')));
    start('wireplumber');
    const feeds: Partial<Record<'picture' | 'sound' | 'server', ChildProcess>> = {};
    const plugs = {
      picture: async () => {
        feeds.picture = start('gst-launch-1.0', '-q', 'videotestsrc', 'is-live=true', 'pattern=ball', '!', `video/x-raw,format=I420,width=${SIZE.width},height=${SIZE.height},framerate=${SIZE.fps}/1`,
          '!', 'pipewiresink', 'mode=provide', `stream-properties=props,media.class=Video/Source,node.name=${CAMERA},media.role=Camera`);
        await until('the camera', () => nodes().includes(CAMERA));
      },
      sound: async () => {
        feeds.server = start('pipewire-pulse');
        await until('the sound server', () => pactl('info').includes('Server Name'));
        // The four channels that GStreamer asks for where no mask is given; any others would be mixed by PulseAudio's side.
        pactl('load-module', 'module-null-sink', `sink_name=${MICROPHONE}`, `channels=${LOUDNESS.length}`, 'channel_map=front-left,front-right,front-center,rear-center', 'rate=48000');
        feeds.sound = start('gst-launch-1.0', '-q', 'audiotestsrc', 'is-live=true', 'samplesperbuffer=480', 'volume=1', '!', 'audio/x-raw,format=S16LE,rate=48000,channels=1',
          '!', 'audioconvert', `mix-matrix=<${LOUDNESS.map((loud) => `<(float)${loud.toFixed(1)}>`).join(',')}>`, '!', 'audio/x-raw,channels=4,channel-mask=(bitmask)0x107', '!', 'pulsesink', `device=${MICROPHONE}`);
        await until('the microphone’s sound', () => pactl('list', 'short', 'sink-inputs').trim() !== '');
      },
    };
    await plugs.picture();
    await plugs.sound();
    return {
      env,
      sources: {
        video: { kind: 'pipewire', node: CAMERA, ...SIZE },
        sound: { kind: 'pulse', device: `${MICROPHONE}.monitor`, channels: LOUDNESS.length, take: [3, 4], give: 2 },
      },
      unplugCamera: () => void feeds.picture?.kill('SIGKILL'),
      killSoundServer: () => void feeds.server?.kill('SIGKILL'),
      freezeCamera: () => void feeds.picture?.kill('SIGSTOP'),
      async plugAll() {
        for (const feed of [feeds.picture, feeds.sound, feeds.server]) feed?.kill('SIGKILL');
        await until('the end of the old devices', () => !nodes().includes(CAMERA) && !nodes().includes(MICROPHONE));
        await plugs.picture();
        await plugs.sound();
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

async function until(what: string, there: () => boolean): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !there(); await sleep(50))
    if (Date.now() > end) throw new Error(`${what} did not come up; are pipewire, wireplumber, pipewire-pulse, pulseaudio-utils, dbus and gstreamer1.0-pipewire installed?`);
}
