import fc from 'fast-check';
import t from 'tap';
import { crc16 } from '../../firmware-bridge/sign/crc16.js';
import { macHolds, sipHash } from '../../firmware-bridge/sign/mac.js';
import { packBits } from '../../firmware-bridge/sign/packbits.js';
import { decode, encode, type Message } from '../../firmware-bridge/sign/protocol.js';
import { frame, frames, pack7, unpack7 } from '../../firmware-bridge/sign/sysex.js';

const KEY = Uint8Array.from({ length: 16 }, (_, i) => i);
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

t.test('SipHash-2-4 gives the vectors of its paper and of its reference code', (t) => {
  const vectors: [length: number, mac: string][] = [
    [0, '310e0edd47db6f72'], [1, 'fd67dc93c539f874'], [2, '5a4fa9d909806c0d'], [3, '2d7efbd796666785'], [7, '37d1018bf50002ab'], [8, '6224939a79f5f593'],
    [15, 'e545be4961ca29a1'], // appendix A of the paper
  ];
  for (const [length, mac] of vectors) t.equal(sipHash(KEY, KEY.subarray(0, length)).toString('hex'), mac, `${length} bytes`);
  t.ok(macHolds(KEY, KEY, sipHash(KEY, KEY)));
  t.notOk(macHolds(KEY, KEY, sipHash(KEY, KEY).subarray(1)), 'a short MAC is none');
  t.throws(() => sipHash(KEY.subarray(1), KEY), { message: 'a SipHash key has 16 bytes, not 15' });
  t.end();
});

t.test('CRC-16/MCRF4XX gives its check value', (t) => {
  t.equal(crc16(Buffer.from('123456789')), 0x6f91);
  t.equal(crc16([]), 0xffff);
  t.end();
});

t.test('PackBits', (t) => {
  t.test('gives the example of TN1023', (t) => {
    const plain = hex('AAAAAA 80002A AAAAAAAA 80002A22 AAAAAAAAAAAAAAAAAAAA');
    const packed = hex('FEAA 0280002A FDAA 0380002A22 F7AA');
    t.same(packBits(plain, 120).map((piece) => Buffer.from(piece)), [packed]);
    t.same(unpackBits(packed), plain);
    t.end();
  });
  t.test('comes back whole from pieces that can each be unpacked alone', (t) => {
    const runs = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 300 })), { maxLength: 40 });
    const pictures = fc.oneof(fc.uint8Array({ maxLength: 2000 }), runs.map((list) => Uint8Array.from(list.flatMap(([byte, times]) => new Array<number>(times).fill(byte)))));
    fc.assert(fc.property(pictures, fc.integer({ min: 2, max: 130 }), (picture, limit) => {
      const pieces = packBits(picture, limit);
      t.equal(pieces.every(({ length }) => length > 0 && length <= limit), true);
      t.same(Buffer.concat(pieces.map((piece) => unpackBits(piece))), Buffer.from(picture));
    }), { numRuns: 100 });
    t.end();
  });
  t.end();
});

t.test('pack7 is a bit stream, lowest bits first', (t) => {
  t.same(pack7(hex('FF')), [0x7f, 0x01]);
  t.same(pack7(hex('80 01')), [0x00, 0x03, 0x00]);
  t.same(pack7(hex('01020304050607')), [0x01, 0x04, 0x0c, 0x20, 0x50, 0x40, 0x41, 0x03]);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 140 }), (bytes) => {
    const packed = pack7(bytes);
    t.equal(packed.every((byte) => byte <= 0x7f), true);
    t.same(unpack7(packed), Buffer.from(bytes));
  }), { numRuns: 100 });
  for (const wrong of [[0x00], [0x7f, 0x80], [0x7f, 0x02], [0, 0, 0, 0, 0, 0, 0, 0, 0]]) t.equal(unpack7(wrong), null, `${wrong.join(' ')} is nothing that was packed`);
  t.end();
});

const u8 = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const bytes = (length: number): fc.Arbitrary<Buffer> => fc.uint8Array({ minLength: length, maxLength: length }).map((array) => Buffer.from(array));
const kind = <K extends string>(value: K): fc.Arbitrary<K> => fc.constant(value);
const MESSAGES: fc.Arbitrary<Message> = fc.oneof(
  fc.record({ kind: kind('HELLO') }),
  fc.record({ kind: kind('ARM'), seq: u32, bootId: u32 }),
  fc.record({ kind: kind('BEAT'), seq: u32, bootId: u32, nonce: bytes(8), wanted: u8, relay: u8, faceCrc: u16, ack: u8 }),
  fc.record({ kind: kind('FACE_BEGIN'), transfer: u8, faceCrc: u16 }),
  fc.record({ kind: kind('FACE_DATA'), transfer: u8, index: u16, packed: fc.uint8Array({ minLength: 1, maxLength: 120 }).map((array) => Buffer.from(array)) }),
  fc.record({ kind: kind('FACE_SHOW'), transfer: u8, faceCrc: u16 }),
  fc.record({ kind: kind('PAIR'), key: bytes(16) }),
  fc.record({ kind: kind('FACE_OWN'), transfer: u8, face: u8 }),
  fc.record({ kind: kind('BOARD'), version: u8, bootId: u32, flags: u8, panel: u8, width: u16, height: u16, checkingCrc: u16, assumeCrc: u16, outOfOrderCrc: u16, pausedCrc: u16 }),
  fc.record({ kind: kind('ARMED'), bootId: u32, result: u8 }),
  fc.record({
    kind: kind('STATUS'), nonce: bytes(8), number: u8, bootId: u32, actual: u8, wanted: u8, lamp: u8, lampWorst: u8, samples: u16, photo: u8, shunt: u8,
    relay: u8, button: u8, glassCrc: u16, panel: u8, fault: u8, refreshes: u16,
  }),
  fc.record({ kind: kind('FACE_ACK'), transfer: u8, code: u8, next: u16 }),
  fc.record({ kind: kind('SHOWN'), transfer: u8, code: u8, glassCrc: u16 }),
  fc.record({ kind: kind('BUTTON'), bootId: u32, button: u8 }),
  fc.record({ kind: kind('PAIRED'), result: u8 }),
  fc.record({ kind: kind('REFUSED'), refused: u8, reason: u8 }),
);

t.test('messages', (t) => {
  t.test('have the bytes of PROTOCOL.md', (t) => {
    t.same(encode({ kind: 'HELLO' }), [0x0e, 0x01]);
    t.same(encode({ kind: 'FACE_SHOW', transfer: 1, faceCrc: 0x0302 }), [0x0e, 0x06, 0x01, 0x04, 0x0c, 0x00]);
    const arm: Message = { kind: 'ARM', seq: 7, bootId: 3 };
    const mac = sipHash(KEY, hex('02 07000000 03000000'));
    t.same(unpack7(encode(arm, KEY).slice(2)), Buffer.concat([hex('07000000 03000000'), mac]), 'little-endian, MAC over sub and body');
    t.same(unpack7(encode(arm).slice(2))?.subarray(8), Buffer.alloc(8), 'zeros stand for the MAC where there is no key');
    t.throws(() => encode({ kind: 'ARMED', bootId: 2 ** 32, result: 0 }), RangeError);
    t.end();
  });

  t.test('come back as they went, alone or in any company on the line', (t) => {
    fc.assert(fc.property(fc.array(MESSAGES, { minLength: 1, maxLength: 6 }), fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 9 }), (messages, cuts) => {
      const firmata = hex('F90206 F0790206F7'); // other traffic of the same line
      const line = Buffer.concat(messages.flatMap((message) => [firmata, frame(encode(message, KEY))]));
      const heard: (Message | undefined)[] = [];
      let pending: Uint8Array = new Uint8Array();
      for (let at = 0, cut = 0; at < line.length; cut++) {
        const length = cuts[cut % cuts.length] as number;
        const found = frames(pending, line.subarray(at, at + length));
        heard.push(...found.payloads.map((payload) => decode(payload, KEY)?.message));
        pending = found.pending;
        at += length;
      }
      t.same(heard, messages);
    }), { numRuns: 60 });
    t.end();
  });

  t.test('with a wrong MAC are told as such, and with a wrong CRC are nothing', (t) => {
    const other = KEY.map((byte) => byte ^ 1);
    const beat = encode({ kind: 'ARM', seq: 1, bootId: 1 }, KEY);
    t.equal(decode(Uint8Array.from(beat), KEY)?.authentic, true);
    t.equal(decode(Uint8Array.from(beat), other)?.authentic, false);
    t.equal(decode(Uint8Array.from(beat))?.authentic, false, 'no key, no proof');
    const data = encode({ kind: 'FACE_DATA', transfer: 1, index: 2, packed: hex('FEAA') });
    for (let at = 2; at < data.length; at++) t.equal(decode(Uint8Array.from(data, (byte, i) => (i === at ? byte ^ 1 : byte))), null, `bit flipped in byte ${at}`);
    t.end();
  });

  t.test('are never made of garbage, and garbage never throws', (t) => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (garbage) => {
      const { payloads, pending } = frames(new Uint8Array(), garbage);
      for (const payload of payloads) t.not(decode(payload, KEY)?.authentic, true);
      t.ok(pending.length < 256);
      t.not(decode(garbage, KEY)?.authentic, true);
      t.not(decode(Uint8Array.from([0x0e, 0x43, ...garbage.map((byte) => byte & 0x7f)]), KEY)?.authentic, true);
    }), { numRuns: 300 });
    t.end();
  });

  t.test('that are too long, too short or cut by another are passed over', (t) => {
    const hello = frame(encode({ kind: 'HELLO' }));
    const long = Buffer.concat([hex('F00E05'), Buffer.alloc(300, 1), hex('F7')]);
    for (const before of [long, long.subarray(0, 200), hex('F00E43 0101'), hex('F7F7F7'), hex('F00E43 0180')]) {
      t.same(frames(new Uint8Array(), Buffer.concat([before, hello])).payloads, [hex('0E01')]);
    }
    t.equal(decode(hex('0E42 00')), null);
    t.equal(decode(hex('0E01 00')), null);
    t.equal(decode(hex('0F01')), null);
    t.equal(decode(hex('')), null);
    t.equal(decode(Uint8Array.from(encode({ kind: 'FACE_DATA', transfer: 1, index: 0, packed: Buffer.alloc(121) }))), null, '121 bytes are one too many');
    t.end();
  });
  t.end();
});

/** TN1023, read for itself. */
function unpackBits(packed: Uint8Array): Buffer {
  const out: number[] = [];
  for (let at = 0; at < packed.length; ) {
    const header = packed[at++] as number;
    if (header < 128) {
      if (at + header >= packed.length) throw new Error('a run crosses the end');
      out.push(...packed.subarray(at, at + header + 1));
      at += header + 1;
    } else out.push(...new Array<number>(257 - header).fill(packed[at++] as number));
  }
  return Buffer.from(out);
}
