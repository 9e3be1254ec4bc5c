import t from 'tap';
import { withoutRates } from '../../../pipeline/seal/sample-description.js';

/** What mp4mux of GStreamer wrote for the same settings and another length: only the rates differ. */
const SOUND = ['000001770000010fe2', '00000197d000011129'].map((rates) =>
  `0000005e7374736400000000000000010000004e6d703461000000000000000100000000000000000001001000000000bb8000000000002a6573647300000000031c000200041440150000${rates}0505118856e500060102`);
const picture = (sps: string, rate: string): string => box('stsd', `0000000000000001${box('avc1', `00${box('avcC', `01f4000dffe1${sps}`)}${box('btrt', `00000000${rate}${rate}`)}${box('pasp', '0000000100000001')}`)}`);

function box(type: string, content: string): string {
  return (content.length / 2 + 8).toString(16).padStart(8, '0') + Buffer.from(type).toString('hex') + content;
}

const plain = (hex: string): string => Buffer.from(withoutRates(Buffer.from(hex, 'hex'))).toString('hex');

t.test('parts whose encoders differ in bit rates only are one film', (t) => {
  t.not(picture('67', '00200000'), picture('67', '00300000'));
  t.equal(plain(picture('67', '00200000')), plain(picture('67', '00300000')), 'picture: btrt');
  const [one = '', two = ''] = SOUND;
  t.not(one, two);
  t.equal(plain(one), plain(two), 'sound: esds');
  t.not(plain(one), plain(two.replace('1188', '1190')), 'another decoder configuration is another film');
  t.not(plain(picture('67', '00200000')), plain(picture('68', '00200000')), 'another parameter set is another film');
  t.end();
});
