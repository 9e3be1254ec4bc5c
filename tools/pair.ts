/** `npm run pair -- SETTINGS.json [NUMBER]`: gives a sign its key, the first one where no number is given. Hold its Stop button meanwhile. Once a board has a key it takes no other. */
import { join } from 'node:path';
import { newSignKey, signKeyName, writeSignKey } from '../config/keys.js';
import { readSettings } from '../config/settings.js';
import { pairSign } from '../firmware-bridge/sign/pairing.js';

const [file, number = '1'] = process.argv.slice(2);
if (file === undefined) {
  console.error('which settings? Run: npm run pair -- SETTINGS.json [NUMBER]');
  process.exit(2);
}
try {
  const { dataFolder, signs } = await readSettings(file);
  const sign = signs[Number(number) - 1];
  if (sign === undefined) throw new Error(`the settings have ${signs.length} signs, and none is number ${number}`);
  const key = newSignKey();
  await pairSign(sign.path, key);
  await writeSignKey(join(dataFolder, signKeyName(Number(number))), key);
  console.log('paired: the sign now answers to this recorder only');
} catch (error) {
  console.error(`not paired: ${(error as Error).message}`);
  process.exit(1);
}
