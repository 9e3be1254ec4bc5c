/** Processes of this machine, as proc(5) shows them. */
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process and all that it started. */
export function pidsOf(pid: number): number[] {
  const parents = new Map(readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      return [[Number(name), Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1])] as const];
    } catch {
      return []; // gone meanwhile
    }
  }));
  const isOurs = (one: number): boolean => one === pid || (parents.has(one) && isOurs(parents.get(one) ?? 0));
  return [...parents.keys()].filter(isOurs);
}

/** Files in shared memory that these processes have mapped, or hold open. */
export function sharedBy(pids: readonly number[]): string[] {
  const held = pids.flatMap((pid) => [readFileSync(`/proc/${pid}/maps`, 'utf8'), ...readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      return ''; // closed meanwhile
    }
  })]);
  return [...new Set(held.join('\n').match(/\/dev\/shm\/\S+$/gm))].filter((path) => existsSync(path));
}

/**
 * Ends a process by a mistake in native code, which the kernel answers with SIGSEGV or SIGILL again and again: nothing that a
 * signal sent from outside can stand for. Zeros are written over what its main thread will execute when it wakes: `add [rax], al`
 * with a small number in rax (x86-64), or an undefined instruction (arm64).
 * @returns after how many milliseconds it had ended. @throws Error where it does not within 5 s.
 */
export async function crash(pid: number): Promise<number> {
  const memory = openSync(`/proc/${pid}/mem`, 'r+');
  writeSync(memory, Buffer.alloc(16), 0, 16, await wakesAt(pid));
  closeSync(memory);
  const brokenAt = performance.now();
  for (;;) {
    if (hasEnded(pid)) return performance.now() - brokenAt;
    if (performance.now() - brokenAt > 5000) throw new Error(`process ${pid} has not ended`);
    await sleep(10);
  }
}

/** Where its main thread goes on after the call in which it sleeps: the last number of /proc/PID/syscall. */
async function wakesAt(pid: number): Promise<number> {
  for (let looks = 0; looks < 500; looks += 1) {
    const at = Number(readFileSync(`/proc/${pid}/syscall`, 'utf8').trim().split(' ').at(8));
    if (Number.isSafeInteger(at)) return at;
    await sleep(10); // it is running just now
  }
  throw new Error(`process ${pid} never sleeps`);
}

function hasEnded(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return true;
  }
}
