/** Sound settings → the GStreamer elements that give the sound. Pure. */
import { quoted, SettingsError, whole, type SoundSource } from './sources.js';

const raw = (channels: number): string => `audio/x-raw,format=S16LE,rate=48000,channels=${channels},layout=interleaved`;

/** Elements that give raw S16LE at 48 kHz, of one or two channels. @throws SettingsError */
export function soundElements(source: SoundSource): string {
  const channels = whole('channels', source.channels);
  return `${deviceElements(source, channels)}${channelElements(source)}`;
}

/**
 * A sound card gives the clock of the whole pipeline (`provide-clock`, said
 * here because all rests on it): its samples are the time, so drift against the
 * camera never reaches them, and frames are stamped by that same clock. The
 * other way round, `slave-method` would have to mend the sound: `skew`, its
 * default, jumps, and GstAudioBaseSrc skews where `resample` is asked for,
 * too (gst-plugins-base 1.22, gstaudiobasesrc.c, gst_audio_base_src_create).
 * PulseAudio's source is of the same class.
 */
const CLOCK = 'provide-clock=true';

function deviceElements(source: SoundSource, channels: number): string {
  switch (source.kind) {
    case 'shm':
      return `shmsrc name=sound socket-path=${quoted('socket', source.socket)} is-live=true do-timestamp=true ! ${raw(channels)}`;
    case 'alsa':
      return `alsasrc name=sound device=${card(source.device)} ${CLOCK} ! audio/x-raw,channels=${channels} ! ${plain(channels)}`;
    case 'pulse':
      return `pulsesrc name=sound device=${quoted('device', source.device)} ${CLOCK} ! audio/x-raw,channels=${channels} ! ${plain(channels)}`;
    case 'file':
      return `filesrc name=sound location=${quoted('path', source.path)} ! decodebin ! ${plain(channels)} ! identity sync=true`;
    case 'test':
      return `audiotestsrc name=sound is-live=true wave=${source.wave} samplesperbuffer=960 ! ${raw(channels)}`;
  }
}

const plain = (channels: number): string => `audioconvert ! audioresample ! ${raw(channels)}`;

/** The hardware itself: names such as `default` lead to a daemon that keeps it open. */
function card(device: string): string {
  if (!/^(plug)?hw:/.test(device)) throw new SettingsError(`the sound card is ${JSON.stringify(device)}; it must be named hw:CARD=…, as \`npm run devices\` lists them`);
  return quoted('device', device);
}

/** Chooses channels and mixes them down. The taken are dealt out in turn, and each channel given is the mean of its own, so that nothing clips. */
function channelElements({ channels, take = upTo(channels), give = take.length === 2 ? 2 : 1 }: SoundSource): string {
  if (take.length === 0 || take.some((one) => !Number.isInteger(one) || one < 1 || one > channels) || new Set(take).size < take.length)
    throw new SettingsError(`take is [${take.join(', ')}]; it must name channels from 1 to ${channels}, each once`);
  if (give === channels && take.every((one, i) => one === i + 1) && take.length === channels) return '';
  const rows = upTo(give).map((output) => {
    const own = take.length < give ? take : take.filter((_, i) => i % give === output - 1);
    return `<${upTo(channels).map((input) => `(float)${own.includes(input) ? (1 / own.length).toFixed(6) : '0.0'}`).join(',')}>`;
  });
  return ` ! audioconvert mix-matrix="<${rows.join(',')}>" ! ${raw(give)}`;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);
