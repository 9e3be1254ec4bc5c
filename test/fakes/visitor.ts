/** Asks the kiosk's server as its page does, or rudely; and keeps what was said to it where it was refused. */
import { request } from 'node:http';

export interface Answer { readonly status: number; readonly text: string }

const bearing = (bearer: string): Record<string, string> => (bearer === '' ? {} : { authorization: `Bearer ${bearer}` });

export class Visitor {
  /** Answers of every refused request, with their headers. */
  readonly refused: string[] = [];
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  ask(method: 'GET' | 'POST', path: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
    const own = `localhost:${this.#port}`;
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: this.#port, agent: false, method, path, headers: { host: own, origin: `http://${own}`, 'content-type': 'application/json', ...headers } }, (reply) => {
        (reply.toArray() as Promise<Buffer[]>).then((pieces) => {
          const answer = { status: reply.statusCode ?? 0, text: Buffer.concat(pieces).toString() };
          if (answer.status >= 400) this.refused.push(`${path.slice(0, 20)} ${reply.rawHeaders.join(' ')} ${answer.text}`);
          resolve(answer);
        }, reject);
      });
      asked.on('error', reject).end(body);
    });
  }

  /** @throws Error where it is refused. */
  async post(path: string, body: object = {}, bearer = ''): Promise<Record<string, unknown>> {
    const { status, text } = await this.ask('POST', `/api/${path}`, JSON.stringify(body), bearing(bearer));
    if (status !== 200) throw new Error(`${path}: ${text}`);
    return text.includes('\n') ? { lines: text } : JSON.parse(text) as Record<string, unknown>;
  }

  /** @throws Error where it is refused with another code, or not at all. */
  async isRefused(path: string, body: object, code: string, bearer = ''): Promise<void> {
    const { text } = await this.ask('POST', `/api/${path}`, JSON.stringify(body), bearing(bearer));
    if (!text.includes(`"code":"${code}"`)) throw new Error(`${path} should be refused with ${code}: ${text}`);
  }

  async get<T>(path: string, bearer = ''): Promise<T> {
    return JSON.parse((await this.ask('GET', `/api/${path}`, undefined, bearing(bearer))).text) as T;
  }
}
