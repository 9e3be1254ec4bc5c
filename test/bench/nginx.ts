/**
 * nginx(8) of Debian as a stock server of files, to measure beside. Its package would start a server on port 80 where
 * it is installed, so its program is only unpacked from it.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../fakes/free-port.js';

export interface Nginx {
  readonly address: string;
  /** As it says of itself: `nginx/1.22.1`. */
  readonly version: string;
  close(): void;
}

/**
 * @param root what it serves, as Debian's settings have it: one worker, sendfile.
 * @param work a folder for its program and its own files.
 * @throws Error where there is none and Debian's packages cannot be reached
 */
export async function nginx(root: string, work: string): Promise<Nginx> {
  const program = unpacked(work);
  const port = await freePort();
  const own = (name: string): string => path.join(work, name);
  const settings = own('nginx.conf');
  writeFileSync(settings, `user root; daemon off; worker_processes 1; pid ${own('pid')}; error_log ${own('error.log')}; events {} http { access_log off; sendfile on; tcp_nopush on; ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((one) => `${one}_temp_path ${own(one)};`).join(' ')} server { listen 127.0.0.1:${port}; root ${root}; } }`);
  const child = spawn(program, ['-c', settings, '-e', own('error.log')], { stdio: 'inherit' });
  for (let patience = 100; !await answers(port); patience -= 1) {
    if (patience === 0 || child.exitCode !== null) throw new Error(`nginx does not start; see ${own('error.log')}`);
    await sleep(50);
  }
  // -v writes to the standard error output.
  const version = /nginx\/[\d.]+/.exec(execFileSync('sh', ['-c', '"$0" -v 2>&1', program]).toString())?.[0] ?? 'nginx';
  return { address: `http://127.0.0.1:${port}`, version, close: () => void child.kill('SIGTERM') };
}

const INSTALLED = '/usr/sbin/nginx';

function unpacked(work: string): string {
  if (existsSync(INSTALLED)) return INSTALLED;
  console.log('unpacking nginx from its Debian package');
  execFileSync('apt-get', ['-q', 'download', 'nginx'], { cwd: work, stdio: ['ignore', 'ignore', 'ignore'] });
  const archive = readdirSync(work).find((name) => /^nginx_.*\.deb$/.test(name));
  if (archive === undefined) throw new Error('the Debian package nginx cannot be downloaded');
  execFileSync('dpkg', ['-x', archive, 'nginx'], { cwd: work });
  return path.join(work, 'nginx', INSTALLED);
}

const answers = (port: number): Promise<boolean> => new Promise((resolve) => {
  const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
  socket.once('error', () => resolve(false));
});
