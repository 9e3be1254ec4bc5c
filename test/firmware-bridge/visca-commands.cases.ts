import t from 'tap';
import { cancelIn, COMMANDS, driveAt, encode, focusTo, moveBy, moveTo, resetPreset, setPreset, zoomAt, type Command } from '../../firmware-bridge/visca/commands.js';
import { INQUIRIES } from '../../firmware-bridge/visca/inquiries.js';
import { GENERIC, modelFor, modelNamed } from '../../firmware-bridge/visca/models.js';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hex = (of: Uint8Array): string => Buffer.from(of).toString('hex').toUpperCase().replace(/..(?=.)/g, '$& ');
const sony = (model: number) => modelFor({ vendor: 0x0001, model });
const FASTEST = { pan: 0x18, tilt: 0x17 };

t.test('every command is what a manual prints', (t) => {
  const golden: [said: Command, printed: string, where: string][] = [
    [COMMANDS.home, '81 01 06 04 FF', 'SRG-300H, Home'],
    [COMMANDS.resetHead, '81 01 06 05 FF', 'SRG-300H, Reset'],
    [resetPreset(2), '81 01 04 3F 00 02 FF', 'SRG-300H, CAM_Memory Reset'],
    [setPreset(99), '81 01 04 3F 01 63 FF', 'BRC-X400, CAM_Memory Set'],
    [driveAt({ pan: -1, tilt: 0 }, FASTEST), '81 01 06 01 18 01 01 03 FF', 'SRG-300H, Left'],
    [driveAt({ pan: 1, tilt: 0 }, FASTEST), '81 01 06 01 18 01 02 03 FF', 'SRG-300H, Right'],
    [driveAt({ pan: 0, tilt: 1 }, FASTEST), '81 01 06 01 01 17 03 01 FF', 'SRG-300H, Up'],
    [driveAt({ pan: 0, tilt: -1 }, FASTEST), '81 01 06 01 01 17 03 02 FF', 'SRG-300H, Down'],
    [driveAt({ pan: -0.001, tilt: 0.5 }, FASTEST), '81 01 06 01 01 0C 01 01 FF', 'SRG-300H, Up Left, never at speed 00'],
    [driveAt({ pan: 9, tilt: -9 }, FASTEST), '81 01 06 01 18 17 02 02 FF', 'SRG-300H, Down Right, never past 18 and 17'],
    [driveAt({ pan: 0, tilt: 0 }, FASTEST), '81 01 06 01 01 01 03 03 FF', 'SRG-300H, Stop'],
    [zoomAt(0), '81 01 04 07 00 FF', 'SRG-300H, CAM_Zoom Stop'],
    [zoomAt(1), '81 01 04 07 27 FF', 'SRG-300H, CAM_Zoom Tele (Variable)'],
    [zoomAt(0.01), '81 01 04 07 20 FF', 'SRG-300H, CAM_Zoom Tele (Variable), low'],
    [zoomAt(-1), '81 01 04 07 37 FF', 'SRG-300H, CAM_Zoom Wide (Variable)'],
    [COMMANDS.focusAuto, '81 01 04 38 02 FF', 'EVI-H100S p.29'],
    [COMMANDS.focusManual, '81 01 04 38 03 FF', 'SRG-300H, CAM_Focus Mode'],
    [COMMANDS.focusOnce, '81 01 04 18 01 FF', 'SRG-300H, One Push AF Trigger'],
    [COMMANDS.focusStop, '81 01 04 08 00 FF', 'SRG-300H, CAM_Focus Stop'],
    [COMMANDS.focusFar, '81 01 04 08 02 FF', 'EVI-H100S p.29'],
    [COMMANDS.focusNear, '81 01 04 08 03 FF', 'SRG-300H, CAM_Focus Near'],
    [focusTo(0xf000), '81 01 04 48 0F 00 00 00 FF', 'BRC-X1000, CAM_Focus Direct, near'],
    [COMMANDS.tallyOn, '81 01 7E 01 0A 00 02 FF', 'BRC-X400, Tally'],
    [COMMANDS.tallyOff, '81 01 7E 01 0A 00 03 FF', 'BRC-X400, Tally'],
    [COMMANDS.ptzOpticsTallyOn, '81 0A 02 02 02 FF', 'PTZOptics tally'],
    [COMMANDS.ptzOpticsTallyOff, '81 0A 02 02 03 FF', 'PTZOptics tally'],
    [COMMANDS.handsetOn, '81 01 06 08 02 FF', 'SRG-300H, IR_Receive'],
    [COMMANDS.handsetOff, '81 01 06 08 03 FF', 'SRG-300H, IR_Receive'],
    [COMMANDS.menuOff, '81 01 06 06 03 FF', 'SRG-300H, SYS_Menu Off'],
    [COMMANDS.standbySide, '81 01 7E 04 50 02 FF', 'BRC-X400, Standby Mode'],
    [COMMANDS.standbyNeutral, '81 01 7E 04 50 03 FF', 'BRC-X400, Standby Mode'],
    [moveBy({ pan: 16, tilt: -1 }, sony(0x0513)), '81 01 06 03 18 14 00 00 01 00 0F 0F 0F 0F FF', 'SRG-300H, Relative Position'],
    [moveTo({ pan: -0x2200, tilt: 0x1200 }, sony(0x051c)), '81 01 06 02 18 00 0D 0E 00 00 01 02 00 00 FF', 'BRC-X400, 4+4 with tilt speed 00'],
    [moveTo({ pan: 0x9ca7, tilt: 0x52ef }, sony(0x0519)), '81 01 06 02 18 14 00 09 0C 0A 07 05 02 0E 0F FF', 'BRC-X1000, 5+4: 170° and 90°'],
    [moveTo({ pan: -0x9ca7, tilt: 0xb3b0 }, sony(0x051e)), '81 01 06 02 18 00 0F 06 03 05 09 00 0B 03 0B 00 FF', 'ILME-FR7, 5+5: F6359 and 0B3B0'],
    [moveTo({ pan: -0x2ab98, tilt: 0x33450 }, sony(0x051f)), '81 01 06 02 18 14 0D 05 04 06 08 03 03 04 05 00 FF', 'BRC-AM7, 5+5: D5468 and 33450'],
  ];
  for (const [said, printed, where] of golden) t.equal(hex(encode(1, said)), printed, where);
  t.equal(hex(encode(1, cancelIn(2))), '81 22 FF', 'EVI-H100S p.29, cancel');
  t.end();
});

t.test('every inquiry is what a manual prints, and its answer is understood', (t) => {
  const { headStatus, maxSpeed, zoom, focusMode, tally, standbyMode, lastPreset } = INQUIRIES;
  t.equal(hex(encode(1, headStatus)), '81 09 06 10 FF');
  t.strictSame(headStatus.read(bytes('28 00')), { panDefective: false, tiltDefective: false, failed: false }, 'completed, initialised');
  t.strictSame(headStatus.read(bytes('2C 10')), { panDefective: true, tiltDefective: false, failed: true });
  t.strictSame(headStatus.read(bytes('29 00')), { panDefective: false, tiltDefective: true, failed: false });
  t.equal(hex(encode(1, maxSpeed)), '81 09 06 11 FF');
  t.strictSame(maxSpeed.read(bytes('18 17')), { pan: 0x18, tilt: 0x17 });
  t.equal(maxSpeed.read(bytes('18 00')), undefined);
  t.equal(hex(encode(1, zoom)), '81 09 04 47 FF');
  t.equal(zoom.read(bytes('04 00 00 00')), 0x4000);
  t.equal(zoom.read(bytes('40 00 00 00')), undefined);
  t.equal(hex(encode(1, focusMode)), '81 09 04 38 FF');
  t.strictSame(['02', '03', '04'].map((answer) => focusMode.read(bytes(answer))), ['auto', 'manual', undefined]);
  t.equal(hex(encode(1, tally)), '81 09 7E 01 0A FF');
  t.strictSame(['02', '03', ''].map((answer) => tally.read(bytes(answer))), ['on', 'off', undefined]);
  t.equal(hex(encode(1, standbyMode)), '81 09 7E 04 50 FF');
  t.strictSame(['02', '03', '00'].map((answer) => standbyMode.read(bytes(answer))), ['side', 'neutral', undefined]);
  t.equal(hex(encode(1, lastPreset)), '81 09 04 3F FF');
  t.strictSame(['00', '63', '7F', ''].map((answer) => lastPreset.read(bytes(answer))), [0, 99, 'none', undefined]);
  t.end();
});

t.test('a camera is spoken to as what it says it is, or as the settings say', (t) => {
  t.match(sony(0x0617), { name: 'Sony SRG-X400', standbySide: true, tally: 'none', irLock: false });
  t.match(sony(0x051d), { name: 'Sony BRC-X400', standbySide: true, tally: 'sony', irLock: true });
  t.match(sony(0x051f), { tally: 'sony-fading', unitsPerDegree: 1000 });
  t.equal(sony(0xffff), GENERIC);
  t.match(GENERIC, { tally: 'none', irLock: false, standbySide: false }, 'an unknown one is asked for nothing special');
  t.match(modelNamed('PTZOptics'), { tally: 'ptzoptics', unitsPerDegree: 14.4 });
  t.throws(() => modelNamed('Kodak'), /no camera model is called "Kodak"; known are .*Sony SRG-300H/);
  t.end();
});
