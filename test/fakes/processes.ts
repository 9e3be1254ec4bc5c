/** Processes of this machine, as proc(5) shows them. */
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
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

/** Ends a process as a bad pointer would. @throws Error where it does not end within 5 s. */
export async function crash(pid: number): Promise<void> {
  process.kill(pid, 'SIGSEGV');
  for (let tries = 0; tries < 100; tries += 1) {
    await sleep(50);
    try {
      if (readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')) return;
    } catch {
      return;
    }
  }
  throw new Error(`process ${pid} has not ended`);
}
