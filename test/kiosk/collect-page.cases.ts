/** Recordings on their way to the stick and to one's own computer, as their owner sees it; part of pages-room.test.ts. */
import type { Test } from 'tap';
import type { Recording } from '../../kiosk/protocol.js';
import type { CollectLine, DownloadView, StickView } from '../../kiosk/protocol/collect.js';
import { STICK_FAULTS } from '../../pipeline/collect/faults.js';
import { refusal, type pageBench } from './page-bench.js';

type Bench = Awaited<ReturnType<typeof pageBench>>;

const READY = { kind: 'ready', label: 'ANN 32GB', freeBytes: 31_200_000_000, fileSystem: 'exfat' } as const satisfies StickView;
const RECEIPT = '1f3a 99c0 12ab 77de';

export async function collectPage(t: Test, { page, server, asked, show, look, glance, sees, tap, until, went }: Bench, recordings: readonly Recording[]): Promise<void> {
  const there = (name: string | RegExp) => page.getByRole('button', { name }).first().isVisible();
  const open = (chosen: readonly string[]) => show('collect-page', { with: { page: { page: 'collect', recordings: chosen } } });
  const plug = (view: StickView) => server.set('/api/stick', view);
  /** The copy that goes on: its lines, and its end. */
  let end: () => void = () => undefined;
  server.set('/api/collect', () => new Promise<object>((resolve) => { end = () => resolve({}); }));
  const line = (told: CollectLine) => page.evaluate(`line(${JSON.stringify(told)})`);
  const over = async (told: CollectLine) => {
    await line(told);
    end();
  };
  server.set('/api/recordings', { recordings });
  server.set('/api/lan-download', { kind: 'not-allowed' } satisfies DownloadView);

  await t.test('from no stick to one that can be pulled out', async (t) => {
    plug({ kind: 'none' });
    await open(['r0']);
    await look('collect-none', 'Plug your stick into the recorder');
    t.equal(await there('Download'), false, 'not offered where the school does not allow it');
    asked.length = 0;
    plug({ kind: 'seen', label: 'ANN 32GB' });
    await until('/api/stick-open');
    t.equal(await there('Copy to the stick'), false, 'nothing is copied before its room is known');
    plug(READY);
    await look('collect-ready', '31.2 GB');
    await sees('exFAT');
    await tap('Copy to the stick');
    t.strictSame(await until('/api/collect'), { recordings: ['r0'] });
    await glance('collect-begins', 'Looking for the stick');
    await line({ kind: 'progress', phase: 'copying', doneBytes: 500_000_000, totalBytes: 1_400_000_000, secondsLeft: 95 });
    await look('collect-copying', 'About 2 mins left.');
    await line({ kind: 'progress', phase: 'checking', doneBytes: 1_000_000_000, totalBytes: 1_400_000_000, secondsLeft: 12 });
    await look('collect-checking', 'Less than a minute left.');
    t.equal(await page.getByText('You can pull').count(), 0, 'before it is unmounted nothing says so');
    await line({ kind: 'progress', phase: 'removing', doneBytes: 1_400_000_000, totalBytes: 1_400_000_000, secondsLeft: null });
    await glance('collect-removing', 'The stick is made safe to pull out.');
    t.equal(await there('Cancel the copy'), false);
    await over({ kind: 'collected', files: 2, bytes: 1_400_000_000, receipt: RECEIPT, verified: [{ recording: 'r0', receipt: RECEIPT }] });
    await look('collect-done', 'You can pull it out');
    await sees(RECEIPT);
  });

  await t.test('P3.1 P1.5 then its own copies may be erased here: asked once, and to be undone for a day', async (t) => {
    asked.length = 0;
    await tap('Erase them here');
    await look('collect-erase', 'Then only your stick has them.');
    t.notOk(asked.some(([path]) => path === '/api/erase'));
    await tap('No, leave them here');
    await tap('Erase them here');
    server.set('/api/erase', { goneAt: '2026-11-25T10:42:00Z' });
    await tap('Yes, erase them here');
    t.strictSame(await until('/api/erase'), { recording: 'r0' });
    await glance('collect-erased', 'Until then you can undo it');
    t.equal(await there('Erase them here'), false);
    await tap('Back to my recordings');
    t.strictSame(await went(), { step: 'recordings' });
  });

  await t.test('several: one tap for each, or for all since a day', async (t) => {
    plug(READY);
    await open(['r6']);
    await tap('Choose others');
    await look('collect-choose', 'Chosen: 1, 1.4 GB');
    await tap(/All since/);
    await sees(`Chosen: ${recordings.filter(({ erased }) => !erased).length},`);
    await tap('Choose none');
    await page.locator('.rows button').nth(0).tap();
    await page.locator('.rows button').nth(2).tap();
    await sees('Chosen: 2,');
    await tap('More');
    await glance('collect-choose-more', 'page 2 of 3');
    await tap('Go on');
    asked.length = 0;
    await tap('Copy to the stick');
    t.strictSame(await until('/api/collect'), { recordings: ['r0', 'r2'] });
    const verified = recordings.slice(0, 5).map(({ id }) => ({ recording: id, receipt: RECEIPT }));
    await over({ kind: 'collected', files: 9, bytes: 7_000_000_000, receipt: RECEIPT, verified });
    await look('collect-several-done', 'The picture has the others, too.');
  });

  await t.test('cancelled, and what is whole all the same', async (t) => {
    await open(['r0', 'r2']);
    await tap('Copy to the stick');
    await line({ kind: 'progress', phase: 'copying', doneBytes: 0, totalBytes: 2_800_000_000, secondsLeft: null });
    await tap('Cancel the copy');
    await until('/api/collect-cancel');
    await over({ kind: 'refused', ...refusal('CANCELLED', 'The copy was cancelled.', 'Nothing half-done is left on the stick.'), verified: [{ recording: 'r0', receipt: RECEIPT }] });
    await look('collect-cancelled', 'These are whole on the stick:');
    await tap('Try again');
    await sees('is ready');
    t.pass();
  });

  await t.test('each trouble in its own words', async (t) => {
    for (const [code, words] of Object.entries(STICK_FAULTS)) {
      plug({ kind: 'trouble', code, ...words });
      await open(['r0']);
      await glance(`collect-${code.toLowerCase().replaceAll('_', '-')}`, words.sentence);
      await sees(words.remedy);
      t.equal(await there('Copy to the stick'), false, code);
    }
    plug({ kind: 'in-use' });
    await open(['r0']);
    await glance('collect-in-use', 'Somebody else’s copy is going on');
    plug({ ...READY, freeBytes: 1_000_000 });
    await open(['r0']);
    await glance('collect-tight', 'That is too little, unless');
    await tap('Copy to the stick');
    await until('/api/collect');
    await over({ kind: 'refused', code: 'STICK_FULL', sentence: 'There is not enough room on the stick: {needed} are needed, {free} are free.', remedy: 'Make room on it.', values: { needed: '1.4 GB', free: '1 MB' } });
    await glance('collect-full', '1.4 GB are needed, 1 MB are free');
    await tap('Try again');
    await tap('Copy to the stick');
    await until('/api/collect');
    await over({ kind: 'refused', ...refusal('STICK_NOT_RELEASED', 'The copy is complete, but the stick is still in use.', 'Do not pull it out yet.'), verified: [{ recording: 'r0', receipt: RECEIPT }] });
    await glance('collect-not-released', 'Do not pull it out yet.');
    await tap('Remove the stick');
    await until('/api/stick-remove');
    await sees('You can pull it out');
    plug({ kind: 'seen', label: 'ANN 32GB' });
    server.set('/api/stick-open', { code: 'STICK_NOT_ALLOWED', ...STICK_FAULTS.STICK_NOT_ALLOWED });
    await open(['r0']);
    await glance('collect-not-opened', STICK_FAULTS.STICK_NOT_ALLOWED.sentence);
    t.equal(asked.filter(([path]) => path === '/api/stick-open').length, 1, 'a stick that does not open is asked for once, and again by hand');
    server.set('/api/stick-open', {});
    await tap('Try again');
    await until('/api/stick-open');
  });

  await t.test('whoever comes back finds the copy that goes on, and a stick that is left is closed', async (t) => {
    plug({ kind: 'checking', doneBytes: 1, totalBytes: 2, secondsLeft: 30 });
    await open(['r0']);
    await sees('Less than a minute left.');
    plug({ kind: 'safe-to-pull', label: 'ANN 32GB' });
    await glance('collect-safe', 'You can pull the stick out');
    plug(READY);
    await sees('is ready');
    asked.length = 0;
    await tap('Back to my recordings');
    t.ok(await until('/api/stick-remove'));
  });

  await t.test('to my own computer, where the school allows it', async (t) => {
    const [url, code] = ['http://10.20.30.40:8720/AbCdEfGhIjKlMnOpQrStUv', 'CDFG'];
    const to = (view: DownloadView) => server.set('/api/lan-download', (body: unknown) => (body === null ? view : { url, code, minutes: 10 }));
    to({ kind: 'none' });
    await open(['r0', 'r2']);
    await tap('Download to my own computer');
    to({ kind: 'waiting', url, code, secondsLeft: 590 });
    await look('download-waiting', code);
    t.strictSame(asked.find(([path, body]) => path === '/api/lan-download' && body !== null)?.[1], { recordings: ['r0', 'r2'] });
    to({ kind: 'running', sentBytes: 1_000_000_000, totalBytes: 2_800_000_000 });
    await look('download-running', '1.0 GB of 2.8 GB');
    to({ kind: 'sent' });
    await look('download-sent', 'before you erase anything here');
    t.equal(await there('Erase'), false, 'nobody looked whether it came');
    to({ kind: 'expired' });
    await glance('download-expired', 'The link has expired');
    to({ kind: 'waiting', url, code, secondsLeft: 600 });
    await tap('Make a new link');
    await sees(code);
    await tap('Close the link');
    await until('/api/lan-download-close');
    server.set('/api/lan-download', (body: unknown) => (body === null ? { kind: 'none' } : refusal('DOWNLOAD_IN_USE', 'Another download is going on.', 'Wait until it is done, or use a stick.')));
    await tap('Download to my own computer');
    await glance('download-in-use', 'Another download is going on.');
    await tap('Back');
    await sees('is ready');
  });
}
