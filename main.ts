/**
 * The service: reads the settings, opens the house, listens on loopback, and
 * closes everything in order when it is told to. Never starts anything virtual.
 *
 *     node dist/main.js SETTINGS.json
 */
import { execFile, execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import closeWithGrace from 'close-with-grace';
import { readSettings } from './config/settings.js';
import { openHouse } from './house.js';

/** Lets whoever forked this process hang its recorder, and nothing else. */
const TEST_HOOKS = '--test-hooks';

/**
 * Signals by which the kernel says that native code has gone wrong (signal(7)). None may have a listener: with one, the broken
 * instruction is tried again for ever, and the service neither runs nor ends.
 */
const CRASHES = ['SIGSEGV', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGTRAP', 'SIGABRT'] as const;

/** As long as systemd itself waits for a service to stop (systemd-system.conf(5), DefaultTimeoutStopSec=). */
const RESTART_WITHIN_MS = 90_000;

const [file, ...flags] = process.argv.slice(2);
if (file === undefined) {
  console.error('which settings? Run: node dist/main.js SETTINGS.json');
  process.exit(2);
}

// A core dump would hold keys and pictures: there is none of us, nor of any process forked from here; and where a machine makes one all the same, none of our memory goes into it (core(5), prlimit(1)).
execFileSync('prlimit', ['--pid', String(process.pid), '--core=0:0']);
writeFileSync('/proc/self/coredump_filter', '0');

try {
  const settings = await readSettings(file);
  const { unit } = settings.kiosk;
  const house = await openHouse(settings, flags.includes(TEST_HOOKS), () => {
    if (unit === undefined) return;
    execFile('systemctl', ['restart', unit], { timeout: RESTART_WITHIN_MS }, (err) => { if (err !== null) house.log.error({ err }, 'the kiosk could not be started again'); });
  });
  const grace = closeWithGrace({ delay: 20_000, logger: house.log, skip: [...CRASHES] }, async ({ err }) => {
    if (err !== undefined) house.log.error({ err }, 'the service has to close');
    await house.close();
  });
  await house.app.listen({ host: '127.0.0.1', port: settings.kiosk.port });
  if (flags.includes(TEST_HOOKS)) process.on('message', () => house.spinRecorder());
  // Started by somebody who is gone: nobody would ever close it.
  process.once('disconnect', () => grace.close());
  process.send?.('ready');
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  console.error(code === 'EADDRINUSE' ? 'the kiosk’s port is taken by another program; close that, or change kiosk.port in the settings' : `the recorder cannot start: ${message}`);
  process.exit(1);
}
