/** `npm run pair -- SETTINGS.json`: gives the sign by the door its key. Hold its Stop button meanwhile. Once a board has a key it takes no other. */
import { join } from 'node:path';
import { newSignKey, writeSignKey } from '../config/keys.js';
import { readSettings } from '../config/settings.js';
import { pairSign } from '../firmware-bridge/sign/pairing.js';

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('which settings? Run: npm run pair -- SETTINGS.json');
  process.exit(2);
}
try {
  const { dataFolder, signs: [sign] } = await readSettings(file);
  const key = newSignKey();
  await pairSign(sign?.path ?? '', key);
  await writeSignKey(join(dataFolder, 'sign-1.key'), key);
  console.log('paired: the sign now answers to this recorder only');
} catch (error) {
  console.error(`not paired: ${(error as Error).message}`);
  process.exit(1);
}
