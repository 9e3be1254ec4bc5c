/** The virtual classroom's page: one file for each thing that it shows, served to this machine only. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Classroom } from './classroom.js';
import { LiveRoom } from './live-room.js';

export interface RoomPage {
  /** Where a browser finds it. */
  readonly url: string;
  close(): Promise<void>;
}

const FILES: Readonly<Record<string, { readonly file: string; readonly type: string }>> = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/room.css': { file: 'room.css', type: 'text/css; charset=utf-8' },
  '/room.js': { file: 'room.js', type: 'text/javascript; charset=utf-8' },
  '/icon.svg': { file: 'icon.svg', type: 'image/svg+xml' },
};

const HEADERS = {
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** A touch is a short name; a longer body is somebody else's. */
const LONGEST_BODY = 200;

/**
 * @param options.port of 127.0.0.1; 0 is any free one (default).
 * @throws Error EADDRINUSE where the port is taken.
 */
export async function openRoomPage(classroom: Classroom, options: { readonly port?: number } = {}): Promise<RoomPage> {
  const live = new LiveRoom(classroom);
  const files = pageFolder();
  const server = createServer((request, response) => {
    answer(server, live, files, request, response).catch((error: unknown) => say(response, 500, String(error)));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server)}/`,
    async close() {
      live.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(server: Server, live: LiveRoom, files: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const hosts = ['127.0.0.1', 'localhost'].map((name) => `${name}:${portOf(server)}`);
  const host = request.headers.host ?? '';
  // A name that somebody else's web page made point here (DNS rebinding) is not ours.
  if (!hosts.includes(host)) return say(response, 403, 'this page is only for this machine');
  const file = Object.hasOwn(FILES, request.url ?? '') ? FILES[request.url ?? ''] : undefined;
  switch (`${request.method} ${file === undefined ? request.url?.split('?')[0] : 'file'}`) {
    case 'GET file':
      response.writeHead(200, { ...HEADERS, 'content-type': file?.type }).end(await readFile(join(files, file?.file ?? '')));
      return;
    case 'GET /glass.png': {
      const glass = await live.glass(Number(new URL(request.url ?? '', 'http://room').searchParams.get('sign')));
      if (glass === undefined) return say(response, 503, 'there is no such sign, or its program has ended');
      response.writeHead(200, { ...HEADERS, 'content-type': 'image/png' }).end(glass);
      return;
    }
    case 'GET /events':
      return stream(live, response);
    case 'POST /touch':
      if (request.headers.origin !== `http://${host}`) return say(response, 403, 'touches come from this page only');
      return (await live.touch(await shortBody(request))) ? say(response, 204) : say(response, 404, 'there is no such thing to touch');
    default:
      return say(response, 404, 'nothing is here');
  }
}

/** Server-sent events (HTML standard, section 9.2): one view of the room each. */
function stream(live: LiveRoom, response: ServerResponse): void {
  response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
  const end = live.watch((view) => void response.write(`data: ${JSON.stringify(view)}\n\n`));
  response.once('close', end);
}

async function shortBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > LONGEST_BODY) break;
  }
  return body;
}

function say(response: ServerResponse, status: number, words?: string): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' }).end(words);
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** The page's files are not compiled: they lie in the source tree, which holds the output folder. */
function pageFolder(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); at !== dirname(at); at = dirname(at)) {
    for (const folder of [join(at, 'page'), join(at, 'hardware/virtual/room/page')]) {
      if (existsSync(join(folder, 'index.html'))) return folder;
    }
  }
  throw new Error('the page of the virtual classroom was not found; run it from a checkout of the repository');
}
