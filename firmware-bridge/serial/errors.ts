/**
 * What can go wrong with a device on a line. The two are never confused: one
 * that refuses is still there and is asked again, one that is lost is unknown.
 */

/** It does not answer, or not as itself. The next word to it is "be safe". */
export class DeviceLost extends Error {
  readonly code = 'DEVICE_LOST';
  override readonly name = 'DeviceLost';
}

/** It answers, but does not do, or did not become, what it was told. */
export class DeviceRefused extends Error {
  readonly code = 'DEVICE_REFUSED';
  override readonly name = 'DeviceRefused';
}
