import { runDevice } from '../program.js';
import { openCamera } from './camera.js';
import type { CameraContract } from './contract.js';

await runDevice<CameraContract>(openCamera);
