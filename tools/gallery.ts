/** `npm run gallery [-- PORT]`: every control of the kiosk in each of its states, in each language, light and dark; served on this machine only. */
import { createServer } from 'node:http';
import { galleryFiles } from '../test/kiosk/gallery.js';

const PORT = 8790;
const port = Number(process.argv[2] ?? PORT);
if (!Number.isInteger(port) || port < 1 || port > 65_535) {
  console.error(`gallery: ${process.argv[2]} is no port\nnpm run gallery [-- PORT]`);
  process.exit(2);
}
const files = await galleryFiles();
createServer((request, response) => {
  const file = files.get(new URL(request.url ?? '/', 'http://localhost').pathname);
  response.writeHead(file === undefined ? 404 : 200, { 'content-type': file?.contentType ?? 'text/plain', 'cache-control': 'no-store' }).end(file?.body);
}).listen(port, '127.0.0.1', () => console.log(`http://localhost:${port}/   (Ctrl-C ends it)`));
