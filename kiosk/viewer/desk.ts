/** Questions to a worker that runs this same page's script, and their answers. The page stays free for hands and eyes. */
import { KeyError, type KeyFault } from '../keys/errors.js';
import { FormatError, type FormatFault } from '../../pipeline/seal/errors.js';

interface Question { readonly id: number; readonly name: string; readonly given: unknown }
type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failed: string; readonly code: string | undefined }
  | { readonly id: number; readonly news: unknown };

/** By name. `tell` says something on the way. */
export type Calls = Readonly<Record<string, (given: never, tell: (news: unknown) => void) => unknown>>;

type GivenTo<C extends Calls, N extends keyof C> = Parameters<C[N]>[0];
type ValueOf<C extends Calls, N extends keyof C> = Awaited<ReturnType<C[N]>>;

/** What went wrong in the worker: with the code of a KeyError or FormatError, where it was one. */
export class DeskError extends Error {
  override readonly name = 'DeskError';
  readonly code: KeyFault | FormatFault | undefined;

  constructor(sentence: string, code: string | undefined) {
    super(sentence);
    this.code = code as KeyFault | FormatFault | undefined;
  }
}

export interface Desk<C extends Calls> {
  ask<N extends keyof C & string>(name: N, given: GivenTo<C, N>, onNews?: (news: unknown) => void): Promise<ValueOf<C, N>>;
  /** Whatever it was about to do is forgotten, with all that it knew. */
  close(): void;
}

let address: string | undefined;

/** A worker of its own; from this page's script, since a file may load no other. */
export function openDesk<C extends Calls>(): Desk<C> {
  address ??= URL.createObjectURL(new Blob([document.querySelector('script')?.textContent ?? ''], { type: 'text/javascript' }));
  const worker = new Worker(address);
  const waiting = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void; readonly news: ((news: unknown) => void) | undefined }>();
  let last = 0;
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    const one = waiting.get(data.id);
    if ('news' in data) return one?.news?.(data.news);
    waiting.delete(data.id);
    if ('failed' in data) one?.reject(new DeskError(data.failed, data.code));
    else one?.resolve(data.value);
    return undefined;
  };
  const fail = (event: { readonly message?: string }): void => {
    for (const { reject } of waiting.values()) reject(new DeskError(event.message ?? 'the worker failed', undefined));
    waiting.clear();
  };
  worker.onerror = fail;
  return {
    ask: (name, given, news) => new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve: (value) => resolve(value as never), reject, news });
      worker.postMessage({ id: last, name, given } satisfies Question);
    }),
    close() {
      worker.terminate();
      fail({ message: 'closed' });
    },
  };
}

interface WorkerScope { onmessage: ((event: MessageEvent<Question>) => void) | null; postMessage(answer: Answer, transfer: Transferable[]): void }

/** In the worker. Bytes that stand alone in an answer (`bytes`) are handed over, not copied. */
export function serveDesk(calls: Calls): void {
  const scope = globalThis as unknown as WorkerScope;
  scope.onmessage = ({ data: { id, name, given } }) => void (async () => {
    try {
      const value: unknown = await calls[name]?.(given as never, (news) => scope.postMessage({ id, news }, []));
      const bytes = (value as { readonly bytes?: unknown } | undefined)?.bytes;
      scope.postMessage({ id, value }, bytes instanceof Uint8Array ? [bytes.buffer as ArrayBuffer] : []);
    } catch (error) {
      const code = error instanceof KeyError || error instanceof FormatError ? error.code : undefined;
      scope.postMessage({ id, failed: error instanceof Error ? error.message : 'failed', code }, []);
    }
  })();
}
