/** The page of the virtual classroom: shows each view of the room as it comes, and sends touches. */

const byId = (id) => document.getElementById(id);
const touch = (name) => void fetch('/touch', { method: 'POST', body: name }).catch(() => undefined);

/** The camera hangs at the back of the room, drawn at this place; pan 0 looks up the drawing, to the board. */
const CAMERA = { x: 260, y: 282, reach: 300, halfView: 30 };

/** What the readings mean, for somebody who sees them for the first time. */
const WORDS = {
  camera: ({ power, pan, tilt, zoom, moving, plugged }) => [
    { standby: 'in standby', waking: 'waking up', on: 'on' }[power],
    `${moving ? 'turning, now' : 'points'} ${whereTo(pan)}`,
    tilt >= 45 ? 'tilted up' : '',
    zoom > 1.05 ? `${zoom.toFixed(1)}× zoom` : '',
    plugged ? '' : 'control cable pulled out',
  ],
  microphone: ({ muted, plugged }) => [muted ? 'muted' : 'not muted', plugged ? '' : 'control cable pulled out'],
  relay: ({ relay }) => [relay === 'open' ? 'open: no picture and no sound can reach the recorder' : 'closed: picture and sound reach the recorder'],
};
const GONE = ['its program has ended'];

function whereTo(pan) {
  const away = Math.abs(pan);
  if (away <= 30) return 'at the class and the board';
  if (away < 120) return pan < 0 ? 'at the windows' : 'at the door';
  return 'at the wall behind it';
}

const sentence = (parts) => parts.filter((part) => part !== '').join(' · ');

function showSign(sign) {
  const lit = sign?.lamp === 'lit';
  byId('lamp').classList.toggle('lit', lit);
  byId('door-lamp').classList.toggle('lit', lit);
  byId('lamp-word').textContent = lit ? 'LIT' : 'dark';
  byId('stop').classList.toggle('held', sign?.button === 'pressed');
  if (sign !== undefined) byId('glass').src = `/glass.png?${sign.glassCrc}`;
  byId('cable').classList.toggle('closed', sign?.relay === 'closed');
  byId('lever').setAttribute('d', sign?.relay === 'closed' ? 'M248 32h64' : 'M248 32l52 -26');
  byId('relay-words').textContent = sentence(sign === undefined ? GONE : WORDS.relay(sign));
}

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
  for (const { id, label, words, on } of faults) {
    const button = byId(`switch-${id}`) ?? makeSwitch(id, label);
    button.setAttribute('aria-pressed', String(on));
    button.querySelector('small').textContent = words;
  }
}

function makeSwitch(id, label) {
  const button = document.createElement('button');
  button.id = `switch-${id}`;
  button.type = 'button';
  const name = document.createElement('b');
  name.textContent = label;
  button.append(name, document.createElement('small'));
  button.addEventListener('click', () => touch(`${id}:${button.getAttribute('aria-pressed') === 'true' ? 'off' : 'on'}`));
  byId('switches').append(button);
  return button;
}

function show({ sign, camera, microphone, faults }) {
  showSign(sign);
  showCamera(camera, camera?.readers > 0 && sign?.relay === 'closed');
  byId('microphone').classList.toggle('muted', microphone?.muted !== false);
  byId('microphone-words').textContent = sentence(microphone === undefined ? GONE : WORDS.microphone(microphone));
  showRecorder(camera, microphone);
  showFaults(faults);
}

function watchStopButton() {
  const stop = byId('stop');
  const isKey = (event) => event.key === ' ' || event.key === 'Enter';
  let held = false;
  const hold = (to) => {
    if (held === to) return;
    held = to;
    touch(to ? 'stop-press' : 'stop-release');
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

watchStopButton();
byId('reset').addEventListener('click', () => touch('sign-reset'));
watchRoom();
