/** `npm run setup-code -- [DATA FOLDER]`: a code for one use, with which the kiosk makes a technician. Without a folder: for the virtual classroom's recorder. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeSetUpCode } from '../config/school/set-up-code.js';

const virtual = fileURLToPath(new URL('../../data/recorder', import.meta.url));
const [given] = process.argv.slice(2);
try {
  if (given === undefined) await mkdir(virtual, { recursive: true, mode: 0o700 });
  const { code, until } = await writeSetUpCode(given ?? virtual, new Date());
  console.log(`
  ${code}

  At the kiosk tap “Technician”, type this code, then your name and a PIN of your own.
  It is for one use, until ${until.toLocaleString('en-GB', { weekday: 'long', hour: '2-digit', minute: '2-digit' })}; it stands nowhere else, and an older one is void.
`);
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  console.error(`no set-up code: ${code === 'ENOENT' ? `there is no folder ${given ?? virtual}` : message}`);
  process.exit(1);
}
