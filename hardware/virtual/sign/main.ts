/** The virtual sign board as a program: the real firmware, at the pace of the real chip, behind a pseudo-terminal. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { runDevice } from '../program.js';
import { Pty } from '../pty.js';
import { EEPROM_BYTES } from './avr.js';
import { Board } from './board.js';
import type { SignContract } from './contract.js';
import { parseHex } from './hex.js';
import { Pace } from './pace.js';
import { pngOf } from './picture.js';

/** How often emulated time is brought up to the clock. */
const STEP_MS = 2;

await runDevice<SignContract>(async ({ hexPath, ptyPath, eepromPath, speed, ...wired }, tell) => {
  const eeprom = openEeprom(eepromPath);
  let eepromChanged = false;
  const outgoing: number[] = [];
  const program = parseHex(readFileSync(hexPath, 'latin1'));
  let onBytes: ((bytes: Uint8Array) => void) | undefined = undefined; // until the board has power, nobody hears
  const pty = await Pty.open(ptyPath, (bytes) => onBytes?.(bytes));
  const pace = new Pace(speed);
  const board = new Board({
    ...wired,
    program,
    eeprom,
    at: (cycles) => pace.at(cycles),
    onEvent: tell,
    onByte: (byte) => outgoing.push(byte),
    onEepromChange: () => (eepromChanged = true),
  });

  /** Whatever comes from outside meets a board that has lived up to this moment, so that no effect is stamped before its cause. */
  const catchUp = (): void => {
    board.runUntil(pace.due(board.cycles));
    if (outgoing.length > 0) pty.write(Uint8Array.from(outgoing.splice(0)));
    if (eepromChanged) {
      eepromChanged = false;
      saveEeprom(eepromPath, eeprom);
    }
  };
  onBytes = (bytes) => {
    catchUp();
    board.receive(bytes);
  };
  const timer = setInterval(catchUp, STEP_MS);

  let cable = true;
  const plugLine = async (): Promise<void> => {
    if (cable && board.powered) await pty.plug();
    else pty.unplug();
  };
  return {
    async command({ do: act }) {
      catchUp();
      if (act === 'plug' || act === 'unplug') {
        cable = act === 'plug';
        tell({ what: 'cable', plugged: cable, cycles: board.cycles, at: pace.at(board.cycles) });
      } else {
        board.command(act);
      }
      await plugLine();
    },
    snapshot() {
      catchUp();
      const snapshot = board.snapshot();
      return Promise.resolve({ ...snapshot, glass: pngOf(snapshot.glassBits, snapshot.width, snapshot.height), plugged: pty.plugged, cable: cable ? 'in' : 'pulled', lag: pace.lag });
    },
    close() {
      clearInterval(timer);
      pty.unplug();
      return Promise.resolve();
    },
  };
});

/** @throws Error where the file is not an EEPROM's. */
function openEeprom(path: string): Uint8Array {
  if (!existsSync(path)) return new Uint8Array(EEPROM_BYTES).fill(0xff); // as it leaves the factory
  const bytes = readFileSync(path);
  if (bytes.length !== EEPROM_BYTES) throw new Error(`${path} is not an EEPROM: ${String(bytes.length)} bytes instead of ${String(EEPROM_BYTES)}; delete it to begin with a blank one`);
  return new Uint8Array(bytes);
}

function saveEeprom(path: string, eeprom: Uint8Array): void {
  writeFileSync(`${path}.new`, eeprom);
  renameSync(`${path}.new`, path);
}
