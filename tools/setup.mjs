/**
 * Sets the machine up: Debian packages, npm packages, build. Plain JavaScript
 * without packages, because it runs before there are any. Idempotent: what is
 * there already is left alone, and a second run takes seconds.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

/** Debian package → a file that it brings (cheap to look for), and what it is for. */
const DEBIAN = [
  ['g++', '/usr/bin/g++', 'builds the GStreamer binding'],
  ['make', '/usr/bin/make', 'builds the binding and the sign’s firmware'],
  ['pkg-config', '/usr/bin/pkg-config', 'finds GStreamer for the binding'],
  ['python3', '/usr/bin/python3', 'runs node-gyp'],
  ['libgstreamer1.0-dev', '/usr/include/gstreamer-1.0/gst/gst.h', 'GStreamer, for the binding'],
  ['libgstreamer-plugins-base1.0-dev', '/usr/include/gstreamer-1.0/gst/app/gstappsink.h', 'GStreamer, for the binding'],
  ['gstreamer1.0-tools', '/usr/bin/gst-launch-1.0', 'feeds the virtual camera’s picture'],
  ['gstreamer1.0-plugins-base', '/usr/share/doc/gstreamer1.0-plugins-base', 'captures and converts'],
  ['gstreamer1.0-plugins-good', '/usr/share/doc/gstreamer1.0-plugins-good', 'camera source, MP4, levels'],
  ['gstreamer1.0-plugins-bad', '/usr/share/doc/gstreamer1.0-plugins-bad', 'H.264 parsing, shared-memory source'],
  ['gstreamer1.0-plugins-ugly', '/usr/share/doc/gstreamer1.0-plugins-ugly', 'the H.264 encoder'],
  ['gstreamer1.0-libav', '/usr/share/doc/gstreamer1.0-libav', 'the AAC encoder'],
  ['gstreamer1.0-alsa', '/usr/share/doc/gstreamer1.0-alsa', 'sound cards'],
  ['espeak-ng', '/usr/bin/espeak-ng', 'speaks: the words that come with the product, and reading aloud'],
  ['gcc-avr', '/usr/bin/avr-gcc', 'builds the sign’s firmware'],
  ['avr-libc', '/usr/lib/avr/include/avr/io.h', 'builds the sign’s firmware'],
  ['binutils-avr', '/usr/bin/avr-objcopy', 'builds the sign’s firmware'],
  ['socat', '/usr/bin/socat', 'pseudo-terminals of the virtual classroom'],
  ['age', '/usr/bin/age', 'opens sealed recordings'],
  ['ffmpeg', '/usr/bin/ffprobe', 'tests look into recordings with it'],
  ['curl', '/usr/bin/curl', 'tests download over the school’s network with it'],
  ['unzip', '/usr/bin/unzip', 'tests unpack what was downloaded'],
  ['v4l-utils', '/usr/bin/v4l2-ctl', 'lists what cameras can do'],
  ['dbus-daemon', '/usr/bin/dbus-daemon', 'tests capture from PipeWire’s virtual devices'],
  ['pipewire', '/usr/bin/pipewire', 'tests capture from its virtual camera'],
  ['pipewire-pulse', '/usr/bin/pipewire-pulse', 'tests capture from its virtual microphone'],
  ['wireplumber', '/usr/bin/wireplumber', 'joins those'],
  ['gstreamer1.0-pipewire', '/usr/share/doc/gstreamer1.0-pipewire', 'and makes them'],
  ['gstreamer1.0-pulseaudio', '/usr/share/doc/gstreamer1.0-pulseaudio', 'and makes them'],
  ['pulseaudio-utils', '/usr/bin/pactl', 'and asks for them'],
  ['e2fsprogs', '/sbin/mkfs.ext4', 'tests cut the power of a file system'],
  ['strace', '/usr/bin/strace', 'tests make the disk fail with it'],
  ['chromium', '/usr/bin/chromium', 'tests use the kiosk with it'],
  ['firefox-esr', '/usr/bin/firefox-esr', 'tests use the page at home with it; its H.264 is ffmpeg’s libavcodec'],
  ['graphviz', '/usr/bin/dot', 'draws the picture of the house'],
];

const say = (text) => console.log(`setup: ${text}`);
const fail = (text) => { console.error(`setup: ${text}`); process.exit(1); };

/** Runs a program, showing what it says; ends the set-up where it fails. */
function run(command, args, { remedy, env = {} }) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
  if (error || status !== 0) fail(`\`${command} ${args.join(' ')}\` did not work${error ? ` (${error.message})` : ''}. ${remedy}`);
}

function debianPackages() {
  const missing = DEBIAN.filter(([, file]) => !existsSync(file));
  if (missing.length === 0) return;
  say('these Debian packages are missing and will be installed (a few minutes at most):');
  for (const [name, , why] of missing) say(`  ${name}: ${why}`);
  const sudo = process.getuid?.() === 0 ? [] : ['sudo'];
  const apt = (...args) => {
    const [command, ...rest] = [...sudo, 'apt-get', '-q', '-o', 'DPkg::Lock::Timeout=400', ...args];
    run(command, rest, { remedy: 'Lamplight needs Debian 12 and the right to install packages (root, or sudo).', env: { DEBIAN_FRONTEND: 'noninteractive' } });
  };
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...missing.map(([name]) => name));
}

/** Where this Node's own headers are: node-gyp would download them otherwise. */
function nodeHeaders() {
  if (process.env.npm_config_nodedir) return process.env.npm_config_nodedir;
  const prefix = dirname(dirname(process.execPath));
  const places = [...new Set([prefix, '/usr', '/usr/local'])];
  const found = places.find((place) => existsSync(join(place, 'include/node/node_api.h')));
  if (!found) fail(`the headers of Node ${process.version} are not in ${places.map((place) => join(place, 'include/node')).join(', ')}. Install them (NodeSource’s nodejs and Node’s own archive bring them; Debian: libnode-dev), or set npm_config_nodedir to the folder that holds include/node.`);
  return found;
}

/** What decides which packages are there: Node's version, what is asked for, what is locked. */
function digestOfPackages() {
  const { dependencies, devDependencies, overrides } = JSON.parse(readFileSync('package.json', 'utf8'));
  return createHash('sha256').update(JSON.stringify([process.version, dependencies, devDependencies, overrides])).update(readFileSync('package-lock.json')).digest('hex');
}

function npmPackages() {
  const stamp = 'node_modules/.lamplight-setup';
  const wanted = digestOfPackages();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const headers = nodeHeaders();
  say('installing npm packages exactly as locked (a minute or two; the GStreamer binding is compiled)');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts'], { remedy: 'Is the npm registry reachable?' });
  // The only package whose install script is run: all others bring ready binaries or none.
  run('npm', ['rebuild', 'gstreamer-superficial', '--loglevel=error'], { env: { npm_config_nodedir: headers }, remedy: 'The GStreamer binding could not be compiled; the lines above say why.' });
  writeFileSync(stamp, wanted);
}

function build() {
  run(process.execPath, ['tools/build.mjs'], { remedy: 'The build failed; the lines above say where.' });
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) fail(`Node ${process.version} is too old: 20.19 or newer is needed.`);
// Make and socat know no quotes, and a socket's path has 107 bytes at most (unix(7)).
if (/[^\w./@+=-]/.test(root)) fail(`the path of this folder has a space or another character that make, socat or the settings do not take: ${root}. Letters, digits and . _ - / are safe: move it, to ~/lamplight for example.`);
if (join(root, 'data/room/picture.sock').length > 107) fail(`the path of this folder is too long for the sockets below it (${root.length} bytes): ${root}. Move it, to ~/lamplight for example.`);
const began = Date.now();
debianPackages();
npmPackages();
build();
say(`ready (${((Date.now() - began) / 1000).toFixed(1)} s)`);
