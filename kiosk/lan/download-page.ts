/** What the download shows besides the file: plain HTML for any computer, without a script. Pure. */
import { page, PLAIN_PAGES } from './page.js';

const size = (bytes: number): string => bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`;

export const downloadPage = ({ code, href, bytes }: { readonly code: string; readonly href: string; readonly bytes: number }): string => page('Your recordings', `
<p>These four letters must be the ones that your kiosk shows:</p>
<p class="code">${code}</p>
<p><a href="${href}" download>Download ${size(bytes)}</a></p>
<p>One file, locked as it was on the recorder. Unpack it, and open “Open my recordings.html” in it. You need your key and your six words.</p>
<p>It goes to this computer only, and once. If it breaks off, ask your browser to go on with it.</p>`);

export const DOWNLOAD_PAGES = {
  used: { status: 410, html: page('This link was used', '<p>The recordings went to a computer already. If that was not yours, say so at school: what was taken is locked. For another download, start again at the kiosk.</p>') },
  taken: { status: 403, html: page('This link is in use', '<p>Another computer has begun with this download. If that was not yours, close the link at the kiosk: what was taken is locked.</p>') },
  expired: { status: 410, html: page('This link has expired', '<p>Start again at the kiosk: it shows a new address.</p>') },
  unknown: PLAIN_PAGES.unknown,
  busy: PLAIN_PAGES.busy,
  refused: { status: 400, html: page('This was not understood', '<p>Open the address that the kiosk shows.</p>') },
} as const satisfies Record<string, { readonly status: number; readonly html: string }>;
