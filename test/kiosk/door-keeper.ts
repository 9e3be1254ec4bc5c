/** Keeps the LAN page as the service does, in a process that a test can stop and kill. Tells where it listens, and the page's process. */
import { doorDesk } from '../../desks/door.js';
import { systemTimers } from '../../firmware-bridge/serial/timers.js';
import { RECORDING } from './door-bench.js';

const desk = doorDesk({
  listen: { address: '127.0.0.1', port: Number(process.argv[2]) }, languages: ['en'], look: () => RECORDING, onChange: () => () => undefined, timers: systemTimers,
  log: () => process.send?.({ host: desk.host, pid: desk.pid }),
});
