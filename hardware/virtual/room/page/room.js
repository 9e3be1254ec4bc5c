/** The page of the virtual classroom: shows each view of the room as it comes, and sends touches. */

const byId = (id) => document.getElementById(id);
const touch = (name) => void fetch('/touch', { method: 'POST', body: name }).catch(() => undefined);

/** The camera hangs at the back of the room, drawn at this place; pan 0 looks up the drawing, to the board. */
const CAMERA = { x: 260, y: 282, reach: 300, halfView: 30 };

/** What the readings mean, for somebody who sees them for the first time. */
const WORDS = {
  camera: ({ power, pan, tilt, zoom, moving, motor, tally, plugged }) => [
    { standby: 'in standby', waking: 'waking up', on: 'on' }[power],
    `${moving ? 'turning, now' : 'points'} ${whereTo(pan)}`,
    tilt >= 45 ? 'tilted up' : '',
    zoom > 1.05 ? `${zoom.toFixed(1)}× zoom` : '',
    tally === 'on' ? 'its red lamp is lit' : '',
    motor === 'blocked' ? 'its motor is blocked' : '',
    plugged ? '' : 'control cable pulled out',
  ],
  microphone: ({ muted, plugged }) => [muted ? 'muted' : 'not muted', plugged ? '' : 'control cable pulled out'],
};
const SIGN_DOING = [['restart', 'Board', 'restart it'], ['hang', 'Board’s program', 'hang it, until its watchdog bites']];
/** What somebody in the room can do, by the names of touches. */
const ROOM_DOING = [
  ['camera-restart', 'The camera’s power', 'off and on again'],
  ['camera-handset-power', 'The camera’s handset', 'press its power key'],
  ['camera-handset-left', 'The camera’s handset', 'press its left key'],
  ['microphone-restart', 'The microphone’s power', 'off and on again'],
  ['microphone-mute', 'The microphone’s own button', 'press mute'],
];
const GONE = ['its program has ended'];

function whereTo(pan) {
  const away = Math.abs(pan);
  if (away <= 30) return 'at the class and the board';
  if (away < 120) return pan < 0 ? 'at the windows' : 'at the door';
  return 'at the wall behind it';
}

const sentence = (parts) => parts.filter((part) => part !== '').join(' · ');

function showSign(sign, number, many) {
  const card = byId(`sign-${number}`) ?? hangSign(number);
  const lit = sign?.lamp === 'lit';
  const lamp = card.querySelector('.lamp');
  lamp.classList.toggle('lit', lit);
  lamp.textContent = lit ? 'LIT' : 'dark';
  card.classList.toggle('dead', sign === null);
  card.querySelector('h3').textContent = sentence([many ? `Sign ${number}` : '', ...(sign === null ? GONE : []), sign?.powered === false ? 'no power' : '']);
  card.querySelector('.stop').classList.toggle('held', sign?.button === 'pressed');
  if (sign === null) return;
  const glass = card.querySelector('.glass');
  glass.width = sign.width;
  glass.height = sign.height;
  const source = `/glass.png?sign=${number}&crc=${sign.glassCrc}`;
  if (glass.getAttribute('src') !== source) glass.src = source;
}

function hangSign(number) {
  byId('signs').append(byId('sign').content.cloneNode(true));
  const card = byId('signs').lastElementChild;
  card.id = `sign-${number}`;
  card.querySelector('.glass').alt = `What the glass of sign ${number} shows`;
  watchStopButton(card.querySelector('.stop'), `sign-${number}`);
  return card;
}

function showSigns(signs) {
  for (const [index, sign] of signs.entries()) showSign(sign, index + 1, signs.length > 1);
  byId('door-lamp').classList.toggle('lit', signs.some((sign) => sign?.lamp === 'lit'));
  const closed = joined(signs);
  byId('cable').classList.toggle('closed', closed);
  byId('lever').setAttribute('d', closed ? 'M248 32h64' : 'M248 32l52 -26');
  const which = signs.length > 1 ? ` (${signs.map((sign, index) => `sign ${index + 1} ${sign?.relay ?? 'gone'}`).join(', ')})` : '';
  byId('relay-words').textContent = closed ? `closed: picture and sound reach the recorder${which}` : `open: no picture and no sound can reach the recorder${which}`;
}

/** The contacts of all signs lie in one line. */
const joined = (signs) => signs.every((sign) => sign?.relay === 'closed');

function showCamera(camera, captured) {
  byId('camera-words').textContent = sentence(camera === undefined ? GONE : WORDS.camera(camera));
  const { x, y, reach, halfView } = CAMERA;
  const half = (halfView / (camera?.zoom ?? 1)) * (Math.PI / 180);
  const side = [-half, half].map((angle) => `${x + reach * Math.sin(angle)} ${y - reach * Math.cos(angle)}`);
  byId('cone').setAttribute('d', `M${x} ${y}L${side[0]}A${reach} ${reach} 0 0 1 ${side[1]}Z`);
  byId('cone').setAttribute('transform', `rotate(${camera?.pan ?? 0} ${x} ${y})`);
  byId('camera-head').setAttribute('transform', `translate(${x} ${y}) rotate(${camera?.pan ?? 0})`);
  const awake = camera?.power === 'on';
  byId('cone').classList.toggle('asleep', !awake);
  byId('cone').classList.toggle('captured', captured);
  byId('camera').classList.toggle('asleep', !awake);
}

function showRecorder(camera, microphone) {
  const open = [camera?.readers > 0 ? 'camera' : '', microphone?.readers > 0 ? 'microphone' : ''].filter((name) => name !== '');
  byId('recorder-words').textContent = open.length === 0 ? 'has no device open' : `has ${open.join(' and ')} open`;
}

function showFaults(faults) {
  for (const { id, of, label, words, on } of faults) {
    const button = byId(`switch-${id}`) ?? makeSwitch(id, label, of);
    button.setAttribute('aria-pressed', String(on));
    button.querySelector('small').textContent = words;
  }
}

function makeSwitch(id, label, of) {
  const button = makeButton(`switch-${id}`, label, '');
  button.addEventListener('click', () => touch(`${id}:${button.getAttribute('aria-pressed') === 'true' ? 'off' : 'on'}`));
  (byId(`switches-${of}`) ?? makeGroup(of)).append(button);
  return button;
}

function makeButton(id, label, words) {
  const button = document.createElement('button');
  button.id = id;
  button.type = 'button';
  const name = document.createElement('b');
  name.textContent = label;
  const small = document.createElement('small');
  small.textContent = words;
  button.append(name, small);
  return button;
}

/** @param of a sign's number, or `room`. */
function makeGroup(of) {
  const title = document.createElement('h3');
  title.textContent = of === 'room' ? 'Camera and microphone' : `Sign ${of}`;
  const group = document.createElement('div');
  group.id = `switches-${of}`;
  group.className = 'switches';
  const doing = of === 'room' ? ROOM_DOING : SIGN_DOING.map(([act, ...words]) => [`sign-${of}-${act}`, ...words]);
  for (const [name, label, words] of doing) {
    const button = makeButton(name, label, words);
    button.addEventListener('click', () => touch(name));
    group.append(button);
  }
  byId('switches').append(title, group);
  return group;
}

function show({ signs, camera, microphone, faults }) {
  showSigns(signs);
  showCamera(camera, camera?.readers > 0 && joined(signs));
  byId('microphone').classList.toggle('muted', microphone?.muted !== false);
  byId('microphone-words').textContent = sentence(microphone === undefined ? GONE : WORDS.microphone(microphone));
  showRecorder(camera, microphone);
  showFaults(faults);
}

/** @param name of the sign, in the names of touches. */
function watchStopButton(stop, name) {
  const isKey = (event) => event.key === ' ' || event.key === 'Enter';
  let held = false;
  const hold = (to) => {
    if (held === to) return;
    held = to;
    touch(`${name}-${to ? 'stop-press' : 'stop-release'}`);
  };
  stop.addEventListener('pointerdown', () => hold(true));
  for (const end of ['pointerup', 'pointerleave', 'pointercancel', 'blur']) stop.addEventListener(end, () => hold(false));
  stop.addEventListener('keydown', (event) => { if (isKey(event)) hold(true); });
  stop.addEventListener('keyup', (event) => { if (isKey(event)) hold(false); });
}

function watchRoom() {
  const link = byId('link');
  const events = new EventSource('/events');
  events.addEventListener('open', () => { link.textContent = 'Live'; link.classList.remove('lost'); });
  events.addEventListener('error', () => { link.textContent = 'Lost: the classroom is not running'; link.classList.add('lost'); });
  events.addEventListener('message', (event) => show(JSON.parse(event.data)));
}

watchRoom();
