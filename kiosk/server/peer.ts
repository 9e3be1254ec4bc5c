/**
 * Whose process is at the other end of a loopback connection. Loopback alone
 * is no identity: any local user, and any tunnel that one of them runs, gets there.
 * The kernel lists each TCP socket with its owner's uid in /proc/net/tcp and
 * /proc/net/tcp6 (proc_pid_net(5)).
 */
import { readFileSync } from 'node:fs';
import { isIPv4, type Socket } from 'node:net';

export interface Endpoint { readonly address: string; readonly port: number }

/** The state of a connection that both ends hold open: TCP_ESTABLISHED in include/net/tcp_states.h. */
const ESTABLISHED = '01';

/**
 * Reads a table of /proc/net/tcp or tcp6.
 * @param table the file's text; anything that is not a row is passed over
 * @param local the address and port of the socket that is looked for
 * @param remote what that socket is connected to
 * @returns the uid of its owner; undefined where there is no such socket, or nobody holds it any more
 */
export function uidOf(table: string, local: Endpoint, remote: Endpoint): number | undefined {
  const [here, there] = [rowAddresses(local), rowAddresses(remote)];
  for (const line of table.split('\n')) {
    // sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode …
    const [, localField, remoteField, state, , , , uid, , inode] = line.trim().split(/\s+/);
    if (localField === undefined || remoteField === undefined || !here.includes(localField) || !there.includes(remoteField)) continue;
    // An orphaned socket has inode 0 and is listed under uid 0, whoever it was.
    if (state !== ESTABLISHED || inode === undefined || inode === '0' || uid === undefined || !/^\d+$/.test(uid)) continue;
    return Number(uid);
  }
  return undefined;
}

/**
 * The uid at the other end of an accepted socket, undefined where it cannot be told.
 * Reads synchronously: /proc never waits, and Stop must not queue behind slow disk work in the thread pool.
 */
export function uidOfPeer(socket: Socket): number | undefined {
  const { remoteAddress, remotePort, localAddress, localPort } = socket;
  if (remoteAddress === undefined || remotePort === undefined || localAddress === undefined || localPort === undefined) return undefined;
  const peer: Endpoint = { address: remoteAddress, port: remotePort };
  const us: Endpoint = { address: localAddress, port: localPort };
  for (const path of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const uid = uidOf(tableAt(path), peer, us);
    if (uid !== undefined) return uid;
  }
  return undefined;
}

/** A kernel without IPv6 has no tcp6. */
function tableAt(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/**
 * How the tables write an endpoint: each 32-bit word of the address as the
 * machine reads it (little-endian on every machine that we run on), the port
 * as a number. IPv4 may stand in tcp6 as ::ffff:a.b.c.d.
 */
function rowAddresses({ address, port }: Endpoint): string[] {
  const portField = port.toString(16).toUpperCase().padStart(4, '0');
  const v4 = address.replace(/^::ffff:/i, '');
  if (isIPv4(v4)) {
    const word = v4.split('.').reverse().map((byte) => Number(byte).toString(16).padStart(2, '0')).join('').toUpperCase();
    return [`${word}:${portField}`, `0000000000000000FFFF0000${word}:${portField}`];
  }
  return address === '::1' ? [`00000000000000000000000001000000:${portField}`] : [];
}
